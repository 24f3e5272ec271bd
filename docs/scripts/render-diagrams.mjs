// Renders src/diagrams/*.mmd to the SVG beside it, which is committed: only who changes a diagram needs Chromium.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fingerprint } from '../src/lib/diagrams.mjs'
import { launch } from '../checks/browser.mjs'

const FOLDER = 'src/diagrams'
// Mermaid computes with colours, so it gets stand-ins that are then replaced by the page's own variables.
const VARIABLES = ['bg', 'fg', 'line', 'surface', 'border', 'accent', 'accent-soft', 'muted']
const colour = Object.fromEntries(VARIABLES.map((name, i) => [name, '#0102' + (3 + i).toString(16).padStart(2, '0')]))

const config = {
  startOnLoad: false,
  theme: 'base',
  fontFamily: 'Arial, "Liberation Sans", sans-serif',
  htmlLabels: false,
  flowchart: { htmlLabels: false, useMaxWidth: true },
  sequence: { useMaxWidth: true, diagramMarginY: 16 },
  er: { useMaxWidth: true },
  themeVariables: {
    background: colour.bg, primaryColor: colour.surface, primaryTextColor: colour.fg, primaryBorderColor: colour.border,
    lineColor: colour.line, secondaryColor: colour['accent-soft'], tertiaryColor: colour.bg, mainBkg: colour.surface,
    nodeBorder: colour.border, actorBkg: colour.surface, actorBorder: colour.border, actorTextColor: colour.fg,
    actorLineColor: colour.border, signalColor: colour.line, signalTextColor: colour.fg, noteBkgColor: colour['accent-soft'],
    noteTextColor: colour.fg, noteBorderColor: colour.border, activationBkgColor: colour['accent-soft'],
    activationBorderColor: colour.accent, sequenceNumberColor: colour.bg, textColor: colour.fg, rowOdd: colour.bg,
    rowEven: colour.surface, edgeLabelBackground: colour.bg, labelBoxBkgColor: colour.surface, labelBoxBorderColor: colour.border,
    labelTextColor: colour.fg, loopTextColor: colour.fg, titleColor: colour.fg, clusterBkg: colour.bg, clusterBorder: colour.border,
  },
}

const browser = await launch()
try {
  const page = await browser.newPage()
  await page.setContent('<body></body>')
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js') })
  for (const file of fs.readdirSync(FOLDER).filter((name) => name.endsWith('.mmd')).sort()) {
    const source = fs.readFileSync(path.join(FOLDER, file), 'utf8')
    const target = path.join(FOLDER, file.replace(/mmd$/, 'svg'))
    const mark = `data-source="${fingerprint(source)}"`
    if (!process.argv.includes('--all') && fs.existsSync(target) && fs.readFileSync(target, 'utf8').includes(mark)) continue
    let svg = await page.evaluate(
      async ([text, id, settings]) => {
        mermaid.initialize(settings)
        document.body.innerHTML = (await mermaid.render(id, text)).svg
        // What no element of this diagram uses: rules, and definitions of arrows and pictures.
        const svg = document.querySelector('svg')
        const style = svg.querySelector('style')
        const used = [...style.sheet.cssRules].filter((rule) => rule.selectorText && rule.selectorText.split(',').some((part) => document.querySelector(part.replace(/::?[\w-]+/g, ''))))
        style.textContent = used.map((rule) => rule.cssText).join('')
        for (const definition of [...svg.querySelectorAll('defs [id], marker[id], symbol[id]')]) {
          if (!svg.outerHTML.includes(`#${definition.id})`) && !svg.outerHTML.includes(`"#${definition.id}"`)) definition.remove()
        }
        return svg.outerHTML
      },
      [source, `d-${file.replace(/\W/g, '-')}`, config],
    )
    for (const [name, hex] of Object.entries(colour)) {
      const n = parseInt(hex.slice(1), 16)
      svg = svg.replaceAll(hex, `var(--ws-${name})`).replaceAll(`rgb(${n >> 16}, ${(n >> 8) & 255}, ${n & 255})`, `var(--ws-${name})`)
    }
    svg = svg
      .replace(/(\d+\.\d)\d+/g, '$1')
      .replace(/<title[^>]*>[\s\S]*?<\/title>|<desc[^>]*>[\s\S]*?<\/desc>/g, '')
      .replace(/<svg [^>]*>/, (tag) => tag.replace(/ (role|aria-[\w]+)="[^"]*"/g, '').replace('<svg ', `<svg ${mark} `))
    if (/https?:\/\/(?!www\.w3\.org)/.test(svg)) throw new Error(`${file} names an outside host.`)
    fs.writeFileSync(target, svg + '\n')
    console.log(`rendered ${target}`)
  }
} finally {
  await browser.close()
}
