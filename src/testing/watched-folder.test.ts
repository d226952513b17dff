import { once } from 'node:events'
import fs, { type FSWatcher, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join, relative } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryFolder } from '../store/sqlite/temporary-folder.ts'
import { WatchedFolder } from './watched-folder.ts'

/** @returns changes a folder, and resolves when the file was seen. */
function watching(onUnwatched = (_problem: string) => {}) {
  const folder = temporaryFolder()
  const controller = new AbortController()
  onTestFinished(() => controller.abort())
  const watched = new WatchedFolder(folder, controller.signal, onUnwatched)
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

test('sees files in a folder that was replaced at once', async () => {
  const { path, seen } = watching()
  const make = (folder: string) => {
    mkdirSync(path(`${folder}/c`), { recursive: true })
    writeFileSync(path(`${folder}/c/d.json`), 'new')
  }
  await seen('b/c/d.json', () => make('b'))
  await seen('b', () => {
    rmSync(path('b'), { recursive: true })
    make('b')
  })
  await seen('b/c/d.json', () => writeFileSync(path('b/c/d.json'), 'changed'))
  await seen('other/c/d.json', () => make('other'))
  await seen('b', () => {
    renameSync(path('b'), path('old'))
    renameSync(path('other'), path('b'))
  })
  await seen('b/c/d.json', () => writeFileSync(path('b/c/d.json'), 'changed'))
})

test('sees files in linked folders, and does not follow links in circles', async () => {
  const { path, seen } = watching()
  const outside = temporaryFolder()
  mkdirSync(join(outside, 'c'))
  symlinkSync(outside, join(outside, 'c/again'))
  await seen('link', () => symlinkSync(outside, path('link')))
  await seen('link/c/d.json', () => writeFileSync(join(outside, 'c/d.json'), 'new'))
  await seen('up', () => symlinkSync('..', path('up')))
  const files = await seen('a.json', () => writeFileSync(path('a.json'), 'new'))
  expect(files.filter((name) => name.startsWith('up/') || name.includes('again/'))).toEqual([])
})

/** Lets the system refuse more watches than these. @returns those that were opened. */
function limitedTo(limit: number): FSWatcher[] {
  const opened: FSWatcher[] = []
  const real = fs.watch
  const spy = vi.spyOn(fs, 'watch').mockImplementation((...given: unknown[]) => {
    if (opened.length >= limit) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    opened.push(Reflect.apply(real, fs, given))
    return opened.at(-1) as FSWatcher
  })
  syncBuiltinESMExports()
  onTestFinished(() => {
    spy.mockRestore()
    syncBuiltinESMExports()
  })
  return opened
}

test('closes all watches if the system allows too few', async () => {
  const folder = temporaryFolder()
  for (const name of ['a', 'b', 'c']) mkdirSync(join(folder, name))
  const opened = limitedTo(3)
  const controller = new AbortController()
  expect(() => new WatchedFolder(folder, controller.signal, () => {})).toThrow(
    /[abc] cannot be watched: the system/,
  )
  expect(opened).toHaveLength(3)
  await Promise.all(opened.map((watcher) => once(watcher, 'close')))
})

test('says which new folder is not watched', async () => {
  limitedTo(1)
  const problems: string[] = []
  const { path, seen } = watching((problem) => problems.push(problem))
  await seen('b', () => mkdirSync(path('b')))
  expect(problems).toEqual([`${path('b')} cannot be watched: the system allows no more watches`])
})
