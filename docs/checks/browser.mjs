import fs from 'node:fs'
import { chromium } from 'playwright-core'

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** The Chromium that CHROMIUM names, else one that the system has; it must not call home. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? KNOWN.find((file) => fs.existsSync(file))
  if (!executablePath) throw new Error('There is no Chromium: install it (apt-get install chromium), or set CHROMIUM to its file.')
  return chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}
