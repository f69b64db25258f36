// Follows every link of the site that was made, also to its anchor, and finds what a page would ask of other hosts.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'

const out = process.env.SITE_OUT ?? join(import.meta.dirname, '../target/site')
const base = process.env.SITE_BASE ?? '/'
const files = readdirSync(out, { recursive: true }).filter(file => /\.(html|css)$/.test(file) && file !== '404.html')
const texts = new Map(files.map(file => [file, readFileSync(join(out, file), 'utf8')]))
const wrong = []

function plain(text) {
  return text.replaceAll('&amp;', '&').replaceAll('&quot;', '"')
}

function follow(file, link) {
  const [path, anchor] = link.split('#')
  const target = path === '' ? file
    : path.startsWith('/') ? path.slice(base.length) : posix.join(posix.dirname(file), path)
  const page = [target, posix.join(target, 'index.html')]
    .find(name => /\.\w+$/.test(name) && existsSync(join(out, decodeURI(name))))
  if (!page) {
    wrong.push(`${file}: ${link} leads nowhere`)
  } else if (anchor && !texts.get(page).includes(` id="${decodeURIComponent(anchor)}"`)) {
    wrong.push(`${file}: ${link} has no such anchor`)
  }
}

let followed = 0
for (const [file, text] of texts) {
  for (const [tag, name] of text.matchAll(/<(script|link|img|iframe|source|audio|video)\b[^>]*?(?:src|href)="(?:[a-z]+:)?\/\/[^>]*>/g)) {
    wrong.push(`${file}: ${name} of another host: ${tag}`)
  }
  for (const [all] of text.matchAll(/(?:@import\s*|url\()["']?(?:[a-z]+:)?\/\/[^)]*/g)) {
    file.endsWith('.css') && wrong.push(`${file}: of another host: ${all}`)
  }
  for (const [, link] of text.matchAll(/<\w+\b[^>]*? (?:href|src)="([^"]*)"/g)) {
    if (!/^([a-z]+:|\/\/)/.test(link)) {
      followed++
      follow(file, plain(link))
    }
  }
}
wrong.forEach(line => console.error('site/check.mjs: ' + line))
console.log(`${files.length} files, ${followed} links followed, ${wrong.length} wrong`)
process.exitCode = wrong.length > 0 ? 1 : 0
