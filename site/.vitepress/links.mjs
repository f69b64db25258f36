// What a git host does with links and anchors, done here as well, so that the same Markdown works in both places.
import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'

/** The name of a heading in an address, by the rules of GitHub. */
export function anchorOf(heading) {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-')
}

/** Where a link leads in the staged folder: a folder has an index, and a file that is no page has one of its own. */
export function staged(source, page, href) {
  const [path, anchor] = href.split('#')
  if (path === '' || /^[a-z]+:/.test(path)) {
    return href
  }
  const target = posix.join(posix.dirname(page), decodeURI(path))
  const found = [target.replace(/README\.md$/, 'index.md'), target + '/index.md', target + '.md']
    .find(file => file.endsWith('.md') && existsSync(join(source, file)))
  return '/' + (found ?? target) + (anchor ? '#' + anchor : '')
}

/** Links and code of plain Markdown, for markdown-it as VitePress has set it up. */
export function plainMarkdown(md, source) {
  md.core.ruler.push('repository-links', state => state.tokens.flatMap(token => token.children ?? [])
    .filter(token => token.type === 'link_open')
    .forEach(token => token.attrSet('href', staged(source, state.env.relativePath, token.attrGet('href')))))
  md.renderer.rules.code_block = (tokens, index, options, env, self) => {
    tokens[index].info = 'txt'
    return md.renderer.rules.fence(tokens, index, options, env, self)
  }
  const text = md.renderer.rules.text
  md.renderer.rules.text = (...args) => text(...args).replaceAll('{{', '&#123;&#123;')
}
