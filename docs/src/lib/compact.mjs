// What is done to the built pages: lighter without changing what is seen, and clear to a screen reader.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const TOKEN = /<span style="(--0[^"]*)">([^<]*)<\/span>/g
const INDENT = / class="(ec-line[^"]*)" style="--ecIndent:(\d+)ch"/g
/** The theme's plain text, which a line has anyhow. */
const PLAIN = /^--0:#(D6DEEB|d9f5dd|e6edf3|e1e4e8);--1:#(403F53|111111|1f2328|24292e)$/i
const RULES = `.ec-line [class^=k]{color:var(--0,inherit);font-style:var(--0fs,inherit);font-weight:var(--0fw,inherit)}
:root:not([data-theme=dark]) .ec-line [class^=k]{color:var(--1,inherit);font-style:var(--1fs,inherit);font-weight:var(--1fw,inherit)}`

/** A heading's link is a sign of one letter, not a drawing of 400. */
const withoutDrawings = (html) => html.replace(/(class="sl-anchor-icon"[^>]*>)<svg[\s\S]*?<\/svg>/g, '$1#')

/** An empty corner of a table is no header, and a box that nobody can tick is a sign. */
const plain = (html) => html.replace(/<th([^>]*)><\/th>/g, '<td$1></td>').replace(/<input[^>]*type="checkbox"[^>]*disabled[^>]*>/g, '<span aria-hidden="true">☐</span>')

/** Where a line goes on that is wrapped: four characters behind its start, which on a telephone is half as far in. */
const indentation = (indents, to) => indents.map((ch) => `.i${ch}{--ecIndent:${to(ch)}ch}`).join('')

/** Each coloured word of code carries its colours; here they become classes, and plain text needs none. */
function compact(html) {
  const classes = new Map()
  const indents = new Set()
  const lines = html.replace(INDENT, (_, names, indent) => {
    indents.add(indent)
    return ` class="${names} i${indent}"`
  })
  const body = lines.replace(TOKEN, (_, style, text) => {
    if (PLAIN.test(style) || !text.trim()) return text
    if (!classes.has(style)) classes.set(style, `k${classes.size}`)
    return `<span class=${classes.get(style)}>${text}</span>`
  })
  const rules = [...classes].map(([style, name]) => `.${name}{${style}}`)
  if (indents.size) rules.push(indentation([...indents], (ch) => ch), `@media(max-width:560px){.ec-line .indent{font-size:.5em}${indentation([...indents], (ch) => ch / 2 + 2)}}`)
  const merged = body.replace(/<span class=(k\d+)>[^<]*<\/span>(?:\s*<span class=\1>[^<]*<\/span>)+/g, (run, name) => `<span class=${name}>${run.replace(/<[^>]*>/g, '')}</span>`)
  return rules.length ? merged.replace('</head>', `<style>${RULES}${rules.join('')}</style></head>`) : merged
}

export const compactCode = () => ({
  name: 'compact code',
  hooks: {
    'astro:build:done': ({ dir }) => {
      const root = fileURLToPath(dir)
      for (const name of fs.readdirSync(root, { recursive: true })) {
        if (!name.endsWith('.html')) continue
        const file = path.join(root, name)
        fs.writeFileSync(file, compact(withoutDrawings(plain(fs.readFileSync(file, 'utf8')))))
      }
    },
  },
})

const EAGER = 'const onIdle = window.requestIdleCallback || ((cb) => setTimeout(cb, 1));'
const LAZY = `const onIdle = (cb) => {
  let loaded;
  const load = () => (loaded ??= cb().then(() => dialog.open && this.querySelector('input')?.focus()));
  for (const event of ['pointerenter', 'focus', 'click']) openBtn.addEventListener(event, load);
  window.addEventListener('keydown', (e) => (e.metaKey || e.ctrlKey) && e.key === 'k' && load());
};`

const UI = /const \{ PagefindUI \} = await import\(["']@pagefind\/default-ui["']\);/
const UI_STYLED = `$&
const { default: css } = await import('@pagefind/default-ui/css/ui.css?inline');
document.head.append(Object.assign(document.createElement('style'), { textContent: '@layer starlight.core {' + css + '}' }));`
/** The rules of Pagefind's own style, which Astro has put into Starlight's by then. */
const STYLE = /[^{}]*\.svelte-[^{}]*\{[^{}]*\}/g

/** Starlight loads its search (94 KB and its style) with every page; here with the first use of it. */
export const lazySearch = () => ({
  name: 'lazy search',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    if (/starlight\/.*Search\.astro\?.*type=style/.test(id)) return { code: code.replace(STYLE, ''), map: null }
    if (!/starlight\/.*Search\.astro\?.*type=script/.test(id)) return undefined
    if (!code.includes(EAGER) || !UI.test(code)) throw new Error('Starlight loads its search in another way than it did: see src/lib/compact.mjs.')
    return { code: code.replace(EAGER, LAZY).replace(UI, UI_STYLED), map: null }
  },
})
