// What only a browser can tell: weight, accessibility, and a walk through the site as a learner goes.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { launch } from './browser.mjs'

const MOST_BYTES = 300 * 1024
const WIDTHS = [1280, 390]
const SCHEMES = ['light', 'dark']
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Starlight's own, reported upstream: the search button says "Search Ctrl K" and is labelled "Search". */
const KNOWN = (violation) => violation.id === 'label-content-name-mismatch' && violation.nodes.every((node) => /open-modal|site-search/.test(node.html + node.target))

export async function browserChecks(site, check, word) {
  const browser = await launch()
  try {
    const pages = pagesOf('dist')
    const some = pages.filter((path) => path.includes(word))
    await check('pages stay below 300 KB before search', () => weights(browser, site, some))
    await check('axe finds nothing: light and dark, 1280 and 390', () => accessible(browser, site, some))
    await check('nothing is wider than a telephone', () => narrow(browser, site, pages))
    await check('"next" leads from home to the last page', () => walk(browser, site, pages))
    await check('a quiz is answered by keyboard', () => quiz(browser, site))
    await check('a quiz has its answers without JavaScript', () => withoutScript(browser, site))
    await check('search finds back-pressure', () => search(browser, site))
    await check('a hint opens and a diff is seen', () => diff(browser, site))
    await check('dark mode is kept', () => dark(browser, site))
    await check('on paper all is unfolded, and there is nothing to click', () => paper(browser, site))
  } finally {
    await browser.close()
  }
}

const pagesOf = (dist) =>
  fs.readdirSync(dist, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name === 'index.html' || name.endsWith('/index.html'))
    .map((name) => '/' + name.replace(/index\.html$/, ''))
    .sort()

/** A page that notes what goes wrong on it. */
async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const wrong = []
  const host = new URL(url).host
  page.on('console', (message) => message.type() === 'error' && wrong.push(`${page.url()}: console: ${message.text()}`))
  page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error.message}`))
  page.on('requestfailed', (request) => !/ERR_ABORTED/.test(request.failure()?.errorText) && wrong.push(`${page.url()}: ${request.url()} failed`))
  page.on('request', (request) => /^https?:/.test(request.url()) && new URL(request.url()).host !== host && wrong.push(`${page.url()}: asks ${request.url()}`))
  await page.goto(url, { waitUntil: 'load' })
  return { page, wrong, close: () => context.close() }
}

/** Two pages at a time. */
async function each(pages, visit) {
  const left = [...pages]
  const worker = async () => {
    for (let path; (path = left.shift()); ) await visit(path)
  }
  await Promise.all([worker(), worker()])
}

async function weights(browser, site, pages) {
  const wrong = []
  let most = 0
  await each(pages, async (path) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const sizes = []
    page.on('response', (response) => sizes.push(response.body().then((body) => body.length, () => 0)))
    await page.goto(site.url + path, { waitUntil: 'networkidle' })
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    most = Math.max(most, bytes)
    if (bytes > MOST_BYTES) wrong.push(`${path}: ${Math.round(bytes / 1024)} KB, uncompressed`)
    await context.close()
  })
  console.log(`       the heaviest page has ${Math.round(most / 1024)} KB, uncompressed`)
  return wrong
}

async function accessible(browser, site, pages) {
  const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const wrong = []
  await each(pages, async (path) => {
    const { page, close } = await open(browser, site.url + path, { reducedMotion: 'reduce' })
    await page.evaluate(axe)
    for (const scheme of SCHEMES) {
      for (const width of WIDTHS) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
        await page.setViewportSize({ width, height: 900 })
        await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, scheme)
        const violations = await page.evaluate(async (rules) => {
          document.querySelectorAll('main details').forEach((details) => (details.open = true))
          await new Promise((resolve) => setTimeout(resolve, 400)) // Expressive Code waits 250 ms to see which blocks scroll
          const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
          return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, target, any }) => ({ html: html.slice(0, 120), target: target.join(' '), why: any[0]?.message ?? '' })) }))
        }, RULES)
        for (const violation of violations.filter((found) => !KNOWN(found))) {
          wrong.push(`${path} ${scheme} ${width}: ${violation.id}, ${violation.nodes.length} times: ${violation.nodes[0].target} ${violation.nodes[0].why.slice(0, 160)}`)
        }
      }
    }
    await close()
  })
  return wrong
}

async function narrow(browser, site, pages) {
  const wrong = []
  const { page, close } = await open(browser, site.url, { viewport: { width: 390, height: 900 } })
  for (const path of pages) {
    await page.goto(site.url + path)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > 390) wrong.push(`${path} is ${width} pixels wide on a screen of 390`)
  }
  await close()
  return wrong
}

async function walk(browser, site, pages) {
  const { page, wrong, close } = await open(browser, site.url + '/')
  const seen = [new URL(page.url()).pathname]
  for (;;) {
    const next = page.locator('a[rel=next]')
    if ((await next.count()) === 0) break
    await next.first().click()
    await page.waitForLoadState('load')
    const path = new URL(page.url()).pathname
    if (seen.includes(path)) break
    seen.push(path)
    const here = await page.locator('nav a[aria-current=page]').count()
    if (here === 0) wrong.push(`${path}: the sidebar does not say "you are here"`)
    if ((await page.locator('h1').count()) !== 1) wrong.push(`${path}: not one h1`)
  }
  await close()
  return [...wrong, ...pages.filter((path) => !seen.includes(path)).map((path) => `"next" does not lead to ${path}`)]
}

async function quiz(browser, site) {
  const { page, wrong, close } = await open(browser, site.url + '/step-1-jdbc/')
  const questions = page.locator('.ws-q')
  const count = await questions.count()
  if (count < 5) wrong.push(`step 1 has ${count} questions`)
  for (let n = 0; n < count; n++) {
    const question = questions.nth(n)
    const rights = await question.locator('input').evaluateAll((inputs) => inputs.map((input) => input.dataset.right === 'yes'))
    const right = rights.indexOf(true)
    if (n === 0) { // a wrong one first
      await question.locator('input').first().focus()
      await page.keyboard.press('Space')
      for (let i = 0; i < rights.indexOf(false); i++) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      const said = await question.getByRole('status').textContent()
      if (!said.startsWith('Not quite.') || said.length < 30) wrong.push(`a wrong answer is answered "${said}"`)
    }
    await question.locator('input').first().focus()
    await page.keyboard.press('Space')
    for (let i = 0; i < right; i++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const said = await question.getByRole('status').textContent()
    if (!said.startsWith('Right.') || said.length < 20) wrong.push(`question ${n + 1}: the right answer is answered "${said}"`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    if (!(await question.locator('.ws-answer').evaluate((details) => details.open))) wrong.push(`question ${n + 1}: the answers do not open by keyboard`)
  }
  const score = await page.locator('.ws-score').textContent()
  if (score !== `${count - 1} of ${count} right at the first try.`) wrong.push(`the score says "${score}"`)
  await close()
  return wrong
}

async function withoutScript(browser, site) {
  const { page, wrong, close } = await open(browser, site.url + '/step-1-jdbc/', { javaScriptEnabled: false })
  const question = page.locator('.ws-q').first()
  if (await question.locator('.ws-check').isVisible()) wrong.push('the button is there, but nothing answers it')
  await question.locator('.ws-answer summary').click()
  if (!(await question.locator('li[data-right=yes]').isVisible())) wrong.push('the answers do not open')
  await close()
  return wrong
}

async function search(browser, site) {
  const { page, wrong, close } = await open(browser, site.url + '/')
  await page.keyboard.press('Control+k')
  const input = page.locator('dialog[open] input')
  await input.waitFor()
  await input.fill('back-pressure')
  const results = page.locator('.pagefind-ui__result-link')
  await results.first().waitFor({ timeout: 15_000 })
  const titles = await results.allTextContents()
  await results.first().click()
  await page.waitForLoadState('load')
  if (!(await page.locator('main').textContent()).toLowerCase().includes('back-pressure')) wrong.push(`the first of ${titles.join(', ')} does not speak of it`)
  await close()
  return wrong
}

async function diff(browser, site) {
  const { page, wrong, close } = await open(browser, site.url + '/step-1-jdbc/')
  const changed = page.locator('main .expressive-code:has(ins, .ins)')
  if ((await changed.count()) === 0) wrong.push('step 1 shows no diff')
  else {
    const first = changed.first()
    const folded = first.locator('xpath=ancestor::details[not(@open)]')
    for (let n = await folded.count(); n > 0; n--) await folded.first().locator('> summary').click()
    if (!(await first.locator('.ins').first().isVisible())) wrong.push('the diff of step 1 does not open')
  }
  const hint = page.locator('.ws-hint').first()
  await hint.locator('summary').click()
  if (!(await hint.locator('p').first().isVisible())) wrong.push('the first hint of step 1 does not open')
  await close()
  return wrong
}

async function paper(browser, site) {
  const { page, wrong, close } = await open(browser, site.url + '/step-1-jdbc/')
  await page.emulateMedia({ media: 'print' })
  const hint = await page.locator('.ws-hint:not([open]) > :not(summary)').first().boundingBox()
  if (!hint?.height) wrong.push('a hint that is folded on the screen is folded on paper')
  const buttons = await page.locator('main button').evaluateAll((all) => all.filter((button) => button.checkVisibility()).map((button) => button.textContent.trim() || button.title))
  if (buttons.length) wrong.push(`buttons on paper: ${buttons.slice(0, 5)}`)
  await close()
  return wrong
}

async function dark(browser, site) {
  const { page, wrong, close } = await open(browser, site.url + '/', { colorScheme: 'light' })
  await page.locator('starlight-theme-select select').first().selectOption('dark')
  await page.goto(site.url + '/step-1-jdbc/')
  const theme = await page.evaluate(() => document.documentElement.dataset.theme)
  if (theme !== 'dark') wrong.push(`after a change to dark the next page is ${theme}`)
  await close()
  return wrong
}
