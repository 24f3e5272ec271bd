/** The lines of both texts in order, each with ' ', '-' or '+': by the longest common subsequence. */
export function diffLines(before, after) {
  const x = before === '' ? [] : before.split('\n')
  const y = after === '' ? [] : after.split('\n')
  const common = Array.from({ length: x.length + 1 }, () => new Int32Array(y.length + 1))
  for (let i = x.length - 1; i >= 0; i--)
    for (let j = y.length - 1; j >= 0; j--)
      common[i][j] = x[i] === y[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1])
  const lines = []
  let i = 0
  let j = 0
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) {
      lines.push({ op: ' ', text: x[i++] })
      j++
    } else if (i < x.length && (j >= y.length || common[i + 1][j] >= common[i][j + 1])) lines.push({ op: '-', text: x[i++] })
    else lines.push({ op: '+', text: y[j++] })
  }
  return lines
}

/** Only what changed and `context` lines around it; a gap is a line of its own. */
export function shortened(lines, context) {
  const near = lines.map((_, i) => lines.slice(Math.max(0, i - context), i + context + 1).some((line) => line.op !== ' '))
  return lines.flatMap((line, i) => (near[i] ? [line] : i === 0 || near[i - 1] ? [{ op: ' ', text: '…' }] : []))
}
