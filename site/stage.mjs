// Copies what the site is made of to one folder: the pages as they are, each README as the page of its folder, and a page
// for each other text file of the folders that docs link to.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const to = join(root, 'target/site-source')
const FOLDERS = ['docs', 'inventory', 'playbooks', 'routers', 'samples', 'systemd']
const PICTURES = ['.png', '.svg']
const LANGUAGES = { '.yaml': 'yaml', '.json': 'json', '.conf': 'ini', '.service': 'ini' }

function stage(path) {
  const target = join(to, path)
  mkdirSync(dirname(target), { recursive: true })
  if (basename(path) === 'README.md') {
    cpSync(join(root, path), join(dirname(target), 'index.md'))
  } else if (path.endsWith('.md')) {
    cpSync(join(root, path), target)
  } else if (PICTURES.includes(extname(path))) {
    cpSync(join(root, path), target)
    cpSync(join(root, path), join(to, 'public', path)) // for links to it
  } else {
    writeFileSync(target + '.md', pageOf(path, readFileSync(join(root, path), 'utf8')))
  }
}

function pageOf(path, text) {
  const fence = '`'.repeat(1 + Math.max(2, ...[...text.matchAll(/`+/g)].map(run => run[0].length)))
  const front = extname(path) === '.json' ? '---\nsearch: false\n---\n\n' : ''
  return `${front}# ${path}\n\n${fence}${LANGUAGES[extname(path)] ?? 'txt'}\n${text.trimEnd()}\n${fence}\n`
}

function stageFolder(folder) {
  const names = readdirSync(join(root, folder)).sort()
  for (const name of names) {
    const path = join(folder, name)
    statSync(join(root, path)).isDirectory() ? stageFolder(path) : stage(path)
  }
  if (!names.includes('README.md')) {
    const list = names.map(name => `- [${name}](${name})`).join('\n')
    writeFileSync(join(to, folder, 'index.md'), `# ${folder}\n\n${list}\n`)
  }
}

rmSync(to, { recursive: true, force: true })
stage('README.md')
readdirSync(root).filter(name => name.endsWith('.md') && name !== 'README.md').forEach(stage)
FOLDERS.forEach(stageFolder)
// The compiled pages look for Vue above themselves.
symlinkSync(join(import.meta.dirname, 'node_modules'), join(to, 'node_modules'))
