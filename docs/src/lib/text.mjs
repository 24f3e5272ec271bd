const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escape = (text) => String(text).replace(/[&<>"]/g, (c) => ENTITIES[c])

/** The little Markdown that the YAML files use: `code` and **bold**. */
export const inline = (text) =>
  escape(String(text).trim())
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')

export const paragraphs = (text) =>
  String(text)
    .trim()
    .split(/\n\s*\n/)
    .map((part) => `<p>${inline(part)}</p>`)
    .join('')
