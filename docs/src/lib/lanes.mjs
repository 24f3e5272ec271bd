// The recorded runs of step 5's lesson programs: columns of who did what, with the time of it on the left.
const HEADER = /^\s+ms\s{2}\S/

/** The tables of a recording: its title, its lines, and its events in order. */
export function lanesOf(recording) {
  const blocks = recording.trimEnd().split(/\n\n+/).map((block) => block.split('\n'))
  return blocks.filter((lines) => lines.length > 2 && HEADER.test(lines[1])).map((lines) => ({
    title: lines[0].trim(),
    text: lines.slice(1).join('\n'),
    events: eventsOf(lines.slice(1)),
  }))
}

function eventsOf([header, ...rows]) {
  const columns = [...header.matchAll(/\S+(?: \S+)*/g)].map((match) => ({ name: match[0], at: match.index }))
  const lanes = columns.slice(1)
  let time = '0'
  const events = []
  for (const row of rows) {
    time = row.slice(0, lanes[0].at).trim() || time
    lanes.forEach((lane, i) => {
      const what = row.slice(lane.at, lanes[i + 1]?.at).trim()
      if (what && what !== '│' && what !== '┃') events.push({ time, who: lane.name, what })
    })
  }
  return events
}
