import { globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawnTypes } from '../../web/sign-in/callbacks/table.tsx'

const root = join(import.meta.dirname, '..', '..')
const pictures = globSync('docs/pictures/**/*.png', { cwd: root })
const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })]

/** Every picture that a page shows, from the top of the repository. */
const shown = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const found = text.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"/g)
  return [...found].map(([, link, source]) => normalize(join(dirname(page), link ?? source ?? '')))
})

describe('the pictures of the documentation', () => {
  it('are there for every kind of callback that the sign-in page draws, and for no other', () => {
    const kept = globSync('*.png', { cwd: join(root, 'docs/pictures/callbacks') })
    expect(kept.sort()).toEqual(drawnTypes.map((kind) => `${kind}.png`).sort())
  })

  it('are all shown on some page, and no page shows one that is not there', () => {
    expect([...new Set(shown)].sort()).toEqual(pictures.sort())
  })

  it('are small: a repository keeps every version of them', () => {
    const large = pictures.filter((name) => statSync(join(root, name)).size > 150 * 1024)
    expect(large).toEqual(['docs/pictures/check.png'])
    expect(statSync(join(root, 'docs/pictures/check.png')).size).toBeLessThan(2 * 1024 * 1024)
  })
})
