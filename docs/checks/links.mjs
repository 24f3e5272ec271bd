// npm run check:links: the links of the site as it is built, below SITE_BASE where it is published.
import { distChecks } from './dist.mjs'

const wrong = distChecks('dist', process.env.SITE_BASE || '/').flatMap(([, find]) => find())
wrong.forEach((what) => console.log(what))
console.log(`links: ${wrong.length} wrong`)
process.exit(wrong.length ? 1 : 0)
