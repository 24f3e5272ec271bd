import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json', '.wasm': 'application/wasm' }

/** Serves a folder on a free port of this machine. */
export async function serve(folder) {
  const server = http.createServer((request, response) => {
    let name = path.join(folder, decodeURIComponent(new URL(request.url, 'http://localhost').pathname))
    if (name.endsWith(path.sep)) name = path.join(name, 'index.html')
    if (!fs.existsSync(name) || fs.statSync(name).isDirectory()) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': TYPES[path.extname(name)] ?? 'application/octet-stream' }).end(fs.readFileSync(name))
  })
  await new Promise((resolve) => server.listen(0, 'localhost', resolve))
  return { url: `http://localhost:${server.address().port}`, close: () => server.close() }
}

export async function freePort() {
  const server = http.createServer()
  await new Promise((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}
