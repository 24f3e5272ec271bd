// What ./run.sh bench measured: src/data/bench.json, as the command writes it with --json. Pages quote its fields by name.
import fs from 'node:fs'
import path from 'node:path'

const FILE = 'src/data/bench.json'

/** Names for the fields that charts and tables show. */
export const FIELDS = {
  perSecond: 'a second',
  meanMs: 'mean, ms',
  p50Ms: 'p50, ms',
  p99Ms: 'p99, ms',
  p999Ms: 'p99.9, ms',
  firstByteMs: 'first byte, ms',
  mbPerSecond: 'MB/s',
  serviceMicros: 'service, µs',
  databaseMicros: 'database, µs',
  generatorMicros: 'generator, µs',
  compileMs: 'compilers, ms',
  busyPercent: 'processors busy, %',
  allocatedKb: 'allocated, KB',
  heapMb: 'heap, MB',
  oldMb: 'old objects, MB',
  residentMb: 'memory, MB',
  threads: 'threads',
  connects: 'connects',
  statements: 'statements',
  failedPercent: 'failed, %',
  toStepBefore: '× step before',
  toCeiling: '× ceiling',
  predictedPerSecond: 'predicted',
  toPrediction: '× predicted',
}

/** What was measured, or nothing as long as nothing was. */
export function measurements(file = path.join(process.cwd(), FILE)) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined
}

const value = (figure, part) => (typeof figure === 'object' && figure !== null ? figure[part] : figure)

function field(data, name) {
  const parts = name.split('/')
  const last = parts.pop()
  const where = parts.length === 0 ? data : parts[0] === 'ceilings' ? data.ceilings : data.cells.find((cell) => cell.id === parts.join('/'))
  return where?.[last]
}

/** A field's number: "total/64/step-5/perSecond", "ceilings/serial", "rounds". What is not there fails the build. */
export function measured(data, name, part = 'median') {
  const number = value(field(data, name), part)
  if (typeof number !== 'number') throw new Error(`${FILE} has no number "${name}".`)
  return number
}

/** How many times another figure one is: the median of the rounds' ratios, because what disturbs a round disturbs both. */
export function times(data, name, other) {
  const [these, those] = [name, other].map((one) => field(data, one)?.rounds)
  if (!these || !those) throw new Error(`${FILE} has no rounds of "${name}" and "${other}".`)
  const ratios = these.map((round, i) => round / those[i]).sort((a, b) => a - b)
  return (ratios[Math.floor((ratios.length - 1) / 2)] + ratios[Math.floor(ratios.length / 2)]) / 2
}

/** The cells of a load, "total/64", in the order of the steps; of some stages only, if they are named. */
export function cellsOf(data, load, stages) {
  const cells = data.cells.filter((cell) => cell.load === load && (!stages || stages.includes(cell.stage)))
  if (cells.length === 0) throw new Error(`${FILE} has no cells of the load "${load}".`)
  return cells
}

/** Three digits, which is what can be known. */
export const format = (number) => new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 }).format(number)
