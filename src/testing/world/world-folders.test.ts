import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../store/sqlite/temporary-folder.ts'
import { checkOwner } from './world-folders.ts'

test('worlds take no folder that others can read, and follow no link', () => {
  const at = (name: string) => join(folder, name)
  const folder = temporaryFolder()
  const [own, open, link] = [at('own'), at('open'), at('link')]
  mkdirSync(own, { mode: 0o700 })
  expect(() => checkOwner(own)).not.toThrow()
  mkdirSync(open)
  chmodSync(open, 0o755)
  expect(() => checkOwner(open)).toThrow('open must be a folder that only you can read: remove it')
  symlinkSync(own, link)
  expect(() => checkOwner(link)).toThrow('link must be a folder')
})
