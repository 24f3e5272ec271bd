// What the pages quote: files of this repository, found from docs/, whose absence fails the build.
import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { diffLines } from './diff.mjs'
import { bodyOf, member, memberNames, withoutImports } from './java.mjs'

/** The repository's root: Astro and the checks run in docs/. */
export const root = path.resolve(process.cwd(), '..')

export function read(file) {
  const full = path.join(root, file)
  if (!fs.existsSync(full)) throw new Error(`The page quotes ${file}, which does not exist.`)
  return fs.readFileSync(full, 'utf8').replaceAll('\r\n', '\n')
}

export const readYaml = (file) => parse(read(file))

export const exercisesOf = (step) => readYaml(`${step}/exercises.yaml`)

export const questionsOf = (step) => readYaml(`${step}/quiz.yaml`).questions

const PLACES = ['src/main/java/marketsvc', 'src/main/resources', 'src/test/java/marketsvc', 'src/main', '.']

const find = (stage, file) => PLACES.map((place) => path.join(stage, place, file)).find((name) => fs.existsSync(path.join(root, name)))

/** The path of a stage's file from the root: stage step-1-jdbc/solved, file DbAccessor.java. */
export function locate(stage, file) {
  const found = find(stage, file)
  if (!found) throw new Error(`The page quotes ${file} of ${stage}, which has no such file.`)
  return found
}

const isJava = (file) => file.endsWith('.java')

const whole = (file, source) => (isJava(file) ? withoutImports(source) : source.trimEnd())

/** The code of a stage's file: a member by its name, or the whole of it. What does not exist fails the build. */
export function quote(stage, file, region, body = false) {
  const found = locate(stage, file)
  const source = read(found)
  const code = region ? member(source, region) : whole(file, source)
  if (code === undefined) throw new Error(`${found} has no member "${region}"; it has ${memberNames(source).join(', ')}.`)
  return body ? bodyOf(code) : code
}

/** The lines from the starter to its solved twin, of one member or of the whole file. */
export function quoteDiff(step, file, name) {
  const [before, after] = ['exercise', 'solved'].map((twin) => {
    const found = find(`${step}/${twin}`, file)
    if (!found) return ''
    const source = read(found)
    return name ? (member(source, name) ?? '') : whole(file, source)
  })
  if (before === after) throw new Error(`${step}: ${file} ${name ?? ''} is the same in both twins, or in neither.`)
  return diffLines(before, after)
}
