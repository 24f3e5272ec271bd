// Cuts a member out of a Java source by its name, so that the code needs no markers for the pages.

/** The end of the string, character or comment that starts at i; i itself for anything else. */
function skip(text, i) {
  if (text.startsWith('//', i)) return ends(text, '\n', i + 2, false)
  if (text.startsWith('/*', i)) return ends(text, '*/', i + 2, true)
  if (text.startsWith('"""', i)) return quoted(text, '"""', i + 3)
  if (text[i] === '"' || text[i] === "'") return quoted(text, text[i], i + 1)
  return i
}

function ends(text, mark, from, with_) {
  const at = text.indexOf(mark, from)
  return at < 0 ? text.length : with_ ? at + mark.length : at
}

function quoted(text, mark, from) {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text.startsWith(mark, i)) return i + mark.length
  }
  return text.length
}

/** The same text with blanks for comments and literals, so that what is left is structure. */
function structure(text) {
  let out = ''
  for (let i = 0; i < text.length; ) {
    const end = skip(text, i)
    if (end === i) out += text[i++]
    else {
      out += text.slice(i, end).replace(/[^\n]/g, ' ')
      i = end
    }
  }
  return out
}

const closing = { '(': ')', '{': '}', '[': ']' }

function past(plain, open) {
  let depth = 0
  for (let i = open; i < plain.length; i++) {
    if (plain[i] === plain[open]) depth++
    else if (plain[i] === closing[plain[open]] && --depth === 0) return i + 1
  }
  throw new Error('A brace is not closed.')
}

/** The name of the member whose declaration this is. */
function nameOf(declaration, owner) {
  let plain = declaration
  for (let at; (at = plain.match(/@(?!interface\b)[\w.]+\s*(\()?/)); ) {
    const end = at[1] ? past(plain, at.index + at[0].length - 1) : at.index + at[0].length
    plain = plain.slice(0, at.index) + ' '.repeat(end - at.index) + plain.slice(end)
  }
  const type = plain.match(/^[^(={]*?\b(?:class|interface|enum|record|@interface)\s+(\w+)/)
  if (type) return type[1]
  const head = plain.split(/[=;{(]/)[0]
  const name = head.match(/(\w+)\s*(?:\[\s*\])*\s*$/)?.[1]
  return name === owner ? '<init>' : name
}

/** The members of the type whose body opens at `open`: name, from and to (with the comments before it). */
function membersIn(plain, text, open, owner) {
  const members = []
  const close = past(plain, open) - 1
  let from = open + 1
  let assigned = false
  for (let i = from; i < close; ) {
    const c = plain[i]
    if (c === '(' || c === '[') i = past(plain, i)
    else if (c === '=' && plain[i + 1] !== '=') (assigned = true), i++
    else if (c === '{' && assigned) i = past(plain, i)
    else if (c === '{' || c === ';') {
      const body = c === '{' ? i : -1
      const end = c === '{' ? past(plain, i) : i + 1
      const name = nameOf(plain.slice(from, end), owner)
      const comment = /^[ \t]*\/\/[^\n]*/.exec(text.slice(end)) // a comment behind it, on the same line
      if (name) members.push({ name, from, to: end + (comment?.[0].length ?? 0), body })
      from = end + (comment?.[0].length ?? 0)
      i = from
      assigned = false
    } else i++
  }
  return members
}

function bodyOfFirstType(plain) {
  const type = /\b(?:class|interface|enum|record|@interface)\s+(\w+)/.exec(plain)
  if (!type) return undefined
  let i = type.index
  while (plain[i] !== '{') i = plain[i] === '(' ? past(plain, i) : i + 1
  return { open: i, owner: type[1] }
}

/** The texts of all members called `name` (overloads), as they stand; Nested.member looks into a nested type. */
export function memberTexts(text, name) {
  const plain = structure(text)
  const type = bodyOfFirstType(plain)
  if (!type) return []
  const [first, ...rest] = name.split('.')
  const wanted = first === type.owner ? '<init>' : first
  const found = membersIn(plain, text, type.open, type.owner).filter((member) => member.name === wanted)
  if (rest.length === 0) return found.map((member) => text.slice(member.from, member.to))
  const nested = found.find((member) => member.body >= 0)
  return nested ? memberTexts(text.slice(nested.from, nested.to), rest.join('.')) : []
}

/** The names of the first type's members. */
export function memberNames(text) {
  const plain = structure(text)
  const type = bodyOfFirstType(plain)
  return type ? [...new Set(membersIn(plain, text, type.open, type.owner).map((member) => member.name))] : []
}

/** Without the blank lines around it and the indentation that all its lines share. */
export function dedent(text) {
  const lines = text.replace(/^(\s*\n)+/, '').trimEnd().split('\n')
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.match(/^ */)[0].length))
  return lines.map((line) => line.slice(indent)).join('\n')
}

/** The member's code; overloads are separated by a blank line; undefined when there is none. */
export function member(text, name) {
  const found = memberTexts(text, name)
  return found.length ? found.map(dedent).join('\n\n') : undefined
}

/** What stands between the braces of a method. */
export function bodyOf(code) {
  const plain = structure(code)
  let open = 0
  while (plain[open] !== '{') open = plain[open] === '(' ? past(plain, open) : open + 1
  return dedent(code.slice(open + 1, past(plain, open) - 1))
}

/** Java without its package and imports. */
export const withoutImports = (text) => text.replace(/^package .*;\n+/m, '').replace(/^import .*;\n/gm, '').replace(/^\n+/, '').trimEnd()
