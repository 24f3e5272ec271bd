// npm run check: builds the site and proves what its pages promise. The last line is "docs: N passed, N failed".
// --no-browser leaves out what needs Chromium; --only NAME runs the checks whose name begins so, on dist as it is;
// --pages WORD weighs and reads aloud only the pages whose address has it.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { browserChecks } from './browser-checks.mjs'
import { distChecks } from './dist.mjs'
import { sourceChecks } from './sources.mjs'
import { freePort, serve } from './serve.mjs'

const argument = (name) => process.argv.includes(name)
const only = argument('--only') ? process.argv[process.argv.indexOf('--only') + 1] : ''
let passed = 0
let failed = 0

/** Runs one check: an array of what it finds wrong, empty when all is well. */
async function check(name, find) {
  if (!name.startsWith(only)) return true
  const start = performance.now()
  let wrong
  try {
    wrong = (await find()) ?? []
  } catch (failure) {
    wrong = [failure.stack ?? String(failure)]
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${wrong.length ? 'FAILED' : 'ok    '} ${name} (${seconds} s)`)
  wrong.forEach((what) => console.log(`       ${what}`))
  if (wrong.length) failed++
  else passed++
  return wrong.length === 0
}

function build(base = '/', folder = 'dist') {
  const arguments_ = ['run', '--silent', 'build', '--', '--outDir', folder]
  const run = spawnSync('npm', arguments_, { encoding: 'utf8', shell: process.platform === 'win32', env: { ...process.env, SITE_BASE: base, ASTRO_TELEMETRY_DISABLED: '1' } })
  const said = (run.stdout + run.stderr).trim().split('\n')
  return run.status === 0 ? said.filter((line) => line.includes('[WARN]')) : [said.slice(-25).join('\n       ')]
}

function below(base) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'site'))
  try {
    const failed = build(base, folder)
    return failed.length ? failed : distChecks(folder, base).flatMap(([, find]) => find())
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}

/** What ./run.sh docs shows who changes a page. */
async function live() {
  const port = await freePort()
  const dev = spawn('npm', ['run', '--silent', 'dev', '--', '--port', String(port)], { stdio: 'ignore', shell: process.platform === 'win32', detached: process.platform !== 'win32', env: { ...process.env, SITE_BASE: '', ASTRO_TELEMETRY_DISABLED: '1', ASTRO_DISABLE_UPDATE_CHECK: 'true' } })
  const end = () => (process.platform === 'win32' ? spawnSync('taskkill', ['/pid', String(dev.pid), '/t', '/f']) : process.kill(-dev.pid))
  const interrupted = () => { end(); process.exit(130) }
  process.once('SIGINT', interrupted)
  try {
    const deadline = Date.now() + 60_000
    for (;;) {
      const answer = await fetch(`http://localhost:${port}/step-1-jdbc/`).catch(() => undefined)
      if (answer) return answer.ok && (await answer.text()).includes('ws-quiz') ? [] : [`/step-1-jdbc/ is answered ${answer.status}`]
      if (Date.now() > deadline) return ['astro dev does not answer']
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  } finally {
    process.off('SIGINT', interrupted)
    end()
  }
}

for (const [name, find] of sourceChecks()) await check(name, find)
const isBuilt = (await check('build', () => build())) || only
if (isBuilt && fs.existsSync('dist/index.html')) {
  for (const [name, find] of distChecks('dist')) await check(name, find)
  await check('it also works below a base path', () => below('/workshop/'))
  await check('it is shown live', live)
  if (!argument('--no-browser')) {
    const site = await serve('dist')
    await browserChecks(site, check, argument('--pages') ? process.argv[process.argv.indexOf('--pages') + 1] : '').catch((failure) => {
      console.log(`FAILED the browser: ${failure.message}`)
      failed++
    })
    site.close()
  }
}
console.log(`docs: ${passed} passed, ${failed} failed`)
process.exit(failed || !passed ? 1 : 0)
