import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../store/sqlite/temporary-folder.ts'
import { WatchedFolder } from './watched-folder.ts'

/** @returns changes a folder, and resolves when the file was seen. */
function watching() {
  const folder = temporaryFolder()
  const controller = new AbortController()
  onTestFinished(() => controller.abort())
  const watched = new WatchedFolder(folder, controller.signal)
  const path = (name: string) => join(folder, name)
  const seen = async (name: string, change: () => void) => {
    change()
    for (;;) {
      const files = (await watched.next()).map((file) => relative(folder, file))
      if (files.includes(name)) return files
    }
  }
  return { path, seen }
}

test('sees every change of a file that was replaced by a rename', async () => {
  const { path, seen } = watching()
  const replace = () => {
    writeFileSync(path('a.json.tmp'), 'new')
    renameSync(path('a.json.tmp'), path('a.json'))
  }
  await seen('a.json', () => writeFileSync(path('a.json'), 'old'))
  await seen('a.json', replace)
  await seen('a.json', replace)
  await seen('a.json', () => writeFileSync(path('a.json'), 'written'))
  await seen('a.json', () => rmSync(path('a.json')))
  await seen('a.json', () => writeFileSync(path('a.json'), 'again'))
})

test('sees files in folders that are new, renamed and made again, and none in node_modules', async () => {
  const { path, seen } = watching()
  const make = () => {
    mkdirSync(path('b/c'), { recursive: true })
    writeFileSync(path('b/c/d.json'), 'new')
  }
  await seen('b/c/d.json', make)
  await seen('e', () => renameSync(path('b'), path('e')))
  await seen('e/c/d.json', () => writeFileSync(path('e/c/d.json'), 'changed'))
  await seen('e', () => rmSync(path('e'), { recursive: true }))
  await seen('b/c/d.json', make)
  mkdirSync(path('node_modules'))
  writeFileSync(path('node_modules/x.json'), '')
  const files = await seen('b/c/d.json', () => writeFileSync(path('b/c/d.json'), 'changed'))
  expect(files.filter((name) => name.includes('node_modules'))).toEqual([])
})
