// What can be told from the built files: links, fragments and ids; nothing is loaded from elsewhere.
import fs from 'node:fs'
import path from 'node:path'

const LOADS = /(?:url\(\s*['"]?|@import\s+['"]?|\bfetch\(\s*['"`]|\bimport\(\s*['"`]|new (?:Worker|URL|WebSocket)\(\s*['"`])((?:https?:|wss?:)?\/\/[^)'"`\s]+)/g
/** Names, not addresses: of a vocabulary, and of Pagefind's stand-in for resolving a path. */
const NAMESPACE = /^https?:\/\/(www\.w3\.org\/|example\.com\$\{)/

/** @param base where the site lies below its host, with a slash at both ends */
export function distChecks(dist, base = '/') {
  const files = new Set(fs.readdirSync(dist, { recursive: true }).map((name) => '/' + name.split(path.sep).join('/')).filter((name) => fs.statSync(path.join(dist, name)).isFile()))
  const text = (name) => fs.readFileSync(path.join(dist, name), 'utf8')
  const pages = new Map([...files].filter((name) => name.endsWith('.html')).map((name) => [name, text(name).replace(/<!--[\s\S]*?-->/g, '')]))
  const ids = new Map([...pages].map(([name, html]) => [name, [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1])]))
  return [
    ['links and fragments lead somewhere', () => links(files, pages, ids, base)],
    ['ids are unique', () => [...ids].flatMap(([name, list]) => [...new Set(list.filter((id, i) => list.indexOf(id) !== i))].map((id) => `${name}: id "${id}" twice`))],
    ['nothing is loaded from outside', () => outside(files, pages, text)],
  ]
}

/** Every element's href and src, scripts' and styles' own text left out. */
function references(html) {
  const body = html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, (element) => element.match(/^<[^>]*>/)[0])
  return [...body.matchAll(/<([a-z-]+)\b([^>]*)>/g)].flatMap(([, tag, attributes]) =>
    [...attributes.matchAll(/\s(?:href|src|action|poster)="([^"]*)"/g)].map(([, value]) => ({ tag, url: value.replaceAll('&amp;', '&') })))
}

function links(files, pages, ids, base) {
  const wrong = []
  for (const [name, html] of pages) {
    for (const { url } of references(html)) {
      if (/^(mailto:|data:|(https?:)?\/\/)/.test(url)) continue
      const target = new URL(url, 'http://site' + base.slice(0, -1) + name.replace(/index\.html$/, ''))
      const path = decodeURIComponent(target.pathname)
      const file = path.startsWith(base) ? path.slice(base.length - 1).replace(/\/$/, '/index.html') : ''
      if (!files.has(file)) wrong.push(`${name}: ${url} leads nowhere`)
      else if (target.hash && pages.has(file) && !ids.get(file).includes(decodeURIComponent(target.hash.slice(1)))) wrong.push(`${name}: ${url}: the page has no such id`)
    }
  }
  return wrong
}

function outside(files, pages, text) {
  const wrong = []
  for (const [name, html] of pages) {
    for (const { tag, url } of references(html)) if (/^(https?:)?\/\//.test(url) && tag !== 'a') wrong.push(`${name}: <${tag}> names ${url}`)
  }
  for (const name of files) {
    if (!/\.(html|css|js|mjs|svg)$/.test(name)) continue
    for (const [, url] of text(name).matchAll(LOADS)) if (!NAMESPACE.test(url)) wrong.push(`${name}: loads ${url}`)
  }
  return wrong
}
