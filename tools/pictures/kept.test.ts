import { globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { supportedTypes } from '../../web/sign-in/callbacks/callback-views.tsx'

const root = join(import.meta.dirname, '..', '..')
const pictures = globSync('docs/pictures/**/*.png', { cwd: root })
const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })]

/** Every picture that a page shows, from the root of the repository. */
const shown = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const found = text.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"/g)
  return [...found].map(([, link, source]) => normalize(join(dirname(page), link ?? source ?? '')))
})

describe('the pictures of the documentation', () => {
  it('exist for exactly the kinds of callbacks that the sign-in page draws', () => {
    const kept = globSync('*.png', { cwd: join(root, 'docs/pictures/callbacks') })
    expect(kept.sort()).toEqual(supportedTypes.map((kind) => `${kind}.png`).sort())
  })

  it('are all used, and no page uses a missing one', () => {
    expect([...new Set(shown)].sort()).toEqual(pictures.sort())
  })

  it('are small, because the repository keeps every version', () => {
    const large = pictures.filter((name) => statSync(join(root, name)).size > 150 * 1024)
    expect(large).toEqual(['docs/pictures/check.png'])
    expect(statSync(join(root, 'docs/pictures/check.png')).size).toBeLessThan(2 * 1024 * 1024)
  })
})
