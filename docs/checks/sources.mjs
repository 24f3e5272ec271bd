// What can be told from the sources: quotes that fail when they must, fresh diagrams, shell blocks, the list of commands.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { cellsOf, measured, measurements, times } from '../src/lib/bench.mjs'
import { fingerprint } from '../src/lib/diagrams.mjs'
import { lanesOf } from '../src/lib/lanes.mjs'
import { quote, quoteDiff, read, root } from '../src/lib/repository.mjs'

const PAGES = 'src/content/docs'
const DIAGRAMS = 'src/diagrams'
/** Cheap, and changing nothing but the learner's place on a ladder of hints, which is put back. */
const DOC_TESTED = /^\.\/run\.sh (list|doctor|help( \w+)?|hint( --again)? \d\.\d|quiz( \d)?|lesson( one-connection)?)$/
const NOT_RUN = /\{\/\*\s*not run:\s*\S.*\*\/\}\s*$/

export const sourceChecks = () => [
  ['lock file names no host', () => (/https?:\/\//.test(fs.readFileSync('package-lock.json', 'utf8')) ? ['package-lock.json names a host: take out "resolved" and "funding".'] : [])],
  ['a quote of what is missing fails', missingQuotes],
  ['figures are found by name', figures],
  ['members are cut out whole', members],
  ['lanes are read', lanes],
  ['diagrams are fresh', diagrams],
  ['each exercise has its place on its page', exercises],
  ['commands are those of ./run.sh help', commands],
  ['Java is quoted, not written', javaBlocks],
  ['shell blocks are run, or say why not', shellBlocks],
]

function failsWith(words, run) {
  try {
    run()
  } catch (failure) {
    return failure.message.includes(words) ? [] : [`expected "${words}" in: ${failure.message}`]
  }
  return [`nothing failed, expected "${words}"`]
}

const missingQuotes = () => [
  ...failsWith('has no member "nowhere"', () => quote('step-1-jdbc/solved', 'DbAccessor.java', 'nowhere')),
  ...failsWith('has no such file', () => quote('step-1-jdbc/solved', 'Nowhere.java')),
  ...failsWith('the same in both twins', () => quoteDiff('step-1-jdbc', 'Server.java', 'nowhere')),
  ...failsWith('which does not exist', () => read('nowhere.txt')),
  ...failsWith('has no number "total/64/step-9/perSecond"', () => measured({ cells: [] }, 'total/64/step-9/perSecond')),
  ...failsWith('has no cells of the load', () => cellsOf({ cells: [] }, 'total/65')),
  ...failsWith('has no rounds of "ceilings/serial"', () => times(BENCH, 'ceilings/serial', 'total/64/step-6/perSecond')),
]

const BENCH = { rounds: 3, ceilings: { serial: { median: 7 } }, cells: [{ id: 'total/64/step-5-reactive', load: 'total/64', stage: 'step-5-reactive', toStepBefore: 0.5, perSecond: { median: 250, rounds: [100, 400, 250] } }, { id: 'total/64/step-6', perSecond: { rounds: [50, 100, 250] } }] }

/** A figure's name leads to its field, and what was measured is what is committed. */
function figures() {
  const wrong = Object.entries({ rounds: 3, 'ceilings/serial': 7, 'total/64/step-5-reactive/perSecond': 250, 'total/64/step-5-reactive/toStepBefore': 0.5 })
    .filter(([name, number]) => measured(BENCH, name) !== number)
    .map(([name]) => `${name} is not found`)
  if (times(BENCH, 'total/64/step-5-reactive/perSecond', 'total/64/step-6/perSecond') !== 2) wrong.push('rounds are not compared one by one')
  const data = measurements()
  if (!data) return wrong
  if (data.machine.commit.endsWith('+')) wrong.push('src/data/bench.json was measured with changes that are not committed')
  return wrong
}

/** A method, a constructor, one with a text block, a field and a record. */
function members() {
  const wrong = []
  const expectation = [
    ['step-1-jdbc/solved', 'DbAccessor.java', 'add', /^int add\(NewOrder order\)[\s\S]*\n}$/],
    ['step-1-jdbc/solved', 'DbAccessor.java', '<init>', /^DbAccessor\([\s\S]*\n}$/],
    ['step-1-jdbc/solved', 'DbAccessor.java', 'customers', /"""[\s\S]*"""[\s\S]*\n}$/],
    ['step-5-async/solved', 'DbAccessor.java', 'FETCH_SIZE', /FETCH_SIZE = [\d_]+;/],
    ['step-6-async-orm/solved', 'DbAccessor.java', 'Joined', /record Joined\([\s\S]*}$/],
  ]
  for (const [stage, file, name, shape] of expectation) {
    const code = quote(stage, file, name)
    if (!shape.test(code)) wrong.push(`${stage}/${file} ${name}: ${code.slice(0, 200)}`)
  }
  return wrong
}

function lanes() {
  const [, group] = lanesOf(read('step-5-async/lessons/expected/04.txt'))
  const told = group.events.map((event) => `${event.time} ${event.who} ${event.what}`)
  return ['100 milk is sold out', '100 onions is interrupted', '100 main hears of it'].filter((event) => !told.includes(event)).map((event) => `not read: ${event}`)
}

function diagrams() {
  if (!fs.existsSync(DIAGRAMS)) return []
  const names = fs.readdirSync(DIAGRAMS)
  const sources = names.filter((name) => name.endsWith('.mmd'))
  const svgs = names.filter((name) => name.endsWith('.svg'))
  const stale = sources.filter((name) => {
    const svg = path.join(DIAGRAMS, name.replace(/mmd$/, 'svg'))
    return !fs.existsSync(svg) || !fs.readFileSync(svg, 'utf8').includes(`data-source="${fingerprint(fs.readFileSync(path.join(DIAGRAMS, name), 'utf8'))}"`)
  })
  const orphans = svgs.filter((name) => !sources.includes(name.replace(/svg$/, 'mmd')))
  return [...stale.map((name) => `${name} has no fresh SVG: npm run diagrams`), ...orphans.map((name) => `${name} has no source.`)]
}

function workshop(command) {
  const run = spawnSync('bash', ['-c', command], { cwd: root, encoding: 'utf8', timeout: 180_000, stdio: ['ignore', 'pipe', 'pipe'] })
  return { status: run.status, out: run.stdout, all: run.stdout + run.stderr }
}

function commands() {
  const help = workshop('./run.sh help')
  if (help.status !== 0) return [help.all]
  return help.out.replaceAll('\r\n', '\n').trim() === read('docs/src/data/help.txt').trim() ? [] : ['docs/src/data/help.txt is old: ./run.sh help >docs/src/data/help.txt']
}

/** Java that no compiler sees goes stale: it belongs into a stage or into examples/, and <Snippet> shows it. */
const javaBlocks = () => blocks(/^java$/).map(({ where }) => `${where}: Java that nothing compiles; put it into docs/examples and show it with <Snippet>.`)

/** The blocks of all pages in these languages: where, their lines, and the line before. */
function blocks(languages) {
  const found = []
  for (const page of fs.readdirSync(PAGES, { recursive: true }).filter((name) => /\.mdx?$/.test(name))) {
    const lines = fs.readFileSync(path.join(PAGES, page), 'utf8').split('\n')
    for (let i = 0; i < lines.length; i++) {
      const fence = /^(\s*)(`{3,})(\w*)/.exec(lines[i])
      if (!fence) continue
      const end = lines.findIndex((line, k) => k > i && line.trim() === fence[2])
      if (languages.test(fence[3])) {
        const before = lines.slice(0, i).filter((line) => line.trim()).at(-1) ?? ''
        found.push({ where: `${page}:${i + 1}`, before, lines: lines.slice(i + 1, end).map((line) => line.trim()).filter(Boolean) })
      }
      i = end < 0 ? lines.length : end
    }
  }
  return found
}

/** "check", "hint" and the TODOs send learners to "1.3 on the step's page". */
function exercises() {
  const wrong = []
  for (const step of fs.readdirSync(root).filter((name) => /^step-\d-/.test(name))) {
    const page = fs.readFileSync(path.join(PAGES, `${step}.mdx`), 'utf8')
    const numbers = [...read(`${step}/exercises.yaml`).matchAll(/number: "(\d\.\d)"/g)].map(([, number]) => number)
    for (const [what, pattern] of [['headings', /^### (\d\.\d) · /gm], ['hints', /<Hints step="[\w-]+" exercise="(\d\.\d)"/g]]) {
      const found = [...page.matchAll(pattern)].map(([, number]) => number)
      if (found.join() !== numbers.join()) wrong.push(`${step}.mdx has ${what} of ${found}; exercises.yaml has ${numbers}`)
    }
  }
  return wrong
}

function shellBlocks() {
  const wrong = []
  const progress = path.join(root, '.workshop/progress.json')
  const kept = fs.existsSync(progress) ? fs.readFileSync(progress) : undefined
  const answers = new Map()
  let tested = 0
  let skipped = 0
  for (const block of blocks(/^(sh|bash|shell|console|zsh)$/)) {
    if (NOT_RUN.test(block.before)) skipped++
    else if (!block.lines.every((line) => DOC_TESTED.test(line))) wrong.push(`${block.where}: neither run nor skipped with a reason, {/* not run: … */} on the line before: ${block.lines[0]}`)
    else {
      tested++
      for (const line of block.lines) {
        if (!answers.has(line)) answers.set(line, workshop(line))
        const { status, all } = answers.get(line)
        if (status !== 0) wrong.push(`${block.where}: ${line} ended with ${status}: ${all.slice(0, 300)}`)
      }
    }
  }
  if (kept) fs.writeFileSync(progress, kept)
  else fs.rmSync(progress, { force: true })
  console.log(`       ${tested} shell blocks run, ${skipped} skipped with a reason`)
  return wrong
}
