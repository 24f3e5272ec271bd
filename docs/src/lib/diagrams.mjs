import { createHash } from 'node:crypto'

/** What an SVG carries to tell which source it was rendered from. */
export const fingerprint = (source) => createHash('sha256').update(source.replaceAll('\r\n', '\n')).digest('hex').slice(0, 12)
