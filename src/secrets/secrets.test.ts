import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OperationError } from '../base/errors.ts'
import { digest, randomToken } from './digest.ts'
import { openMasterKey } from './master-key.ts'
import { createSealer, SealError } from './seal.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'sidegate-keys-'))

describe('the master key', () => {
  test('is created once, for the owner only, and read at the next start', () => {
    const folder = join(newFolder(), 'data')
    const { key: first, isNew } = openMasterKey(folder)
    expect(isNew).toBe(true)
    expect(first).toHaveLength(32)
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['keys'])
    const again = openMasterKey(folder)
    expect(again.isNew).toBe(false)
    expect(Buffer.from(again.key)).toEqual(Buffer.from(first))
    expect(openMasterKey(newFolder()).key).not.toEqual(first)
  })

  test('rejects a file that other users can read', () => {
    const folder = newFolder()
    openMasterKey(folder)
    chmodSync(join(folder, 'keys'), 0o640)
    expect(() => openMasterKey(folder)).toThrow(/chmod 600/)
  })

  test.each([
    ['no JSON', 'secret-bytes'],
    ['another version', '{"version":2,"rootKey":"secret-bytes"}'],
    ['a short key', '{"version":1,"rootKey":"c2VjcmV0"}'],
    ['an empty file', ''],
  ])('rejects %s without quoting or changing the file', (_, text) => {
    const folder = newFolder()
    writeFileSync(join(folder, 'keys'), text, { mode: 0o600 })
    const opening = () => openMasterKey(folder)
    expect(opening).toThrow(OperationError)
    expect(opening).toThrow(/is not a valid key file: restore it from a backup$/)
    expect(readFileSync(join(folder, 'keys'), 'utf8')).toBe(text)
  })

  test('writes no key file when a key is given', () => {
    const folder = newFolder()
    const key = new Uint8Array(32).fill(7)
    expect(openMasterKey(folder, key)).toEqual({ key, isNew: false })
    expect(readdirSync(folder)).toEqual([])
  })

  test('accepts a given key only if it equals the one in the key file', () => {
    const folder = newFolder()
    openMasterKey(folder)
    const { rootKey } = JSON.parse(readFileSync(join(folder, 'keys'), 'utf8'))
    const own = Buffer.from(rootKey, 'base64url')
    expect(openMasterKey(folder, own).key).toBe(own)
    expect(() => openMasterKey(folder, new Uint8Array(32))).toThrow(
      /a different key from SIDEGATE_MASTER_KEY$/,
    )
  })

  test('names the file that cannot be read', () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'file'), '')
    expect(() => openMasterKey(join(folder, 'file'))).toThrow(/The key file .*keys cannot be read/)
  })
})

describe('a sealer', () => {
  const sealer = createSealer(new Uint8Array(32).fill(1))

  test.each(['', 'short', 'ünï ☃ 𝄞', 'x'.repeat(5000)])('opens what it sealed (%#)', (text) => {
    const sealed = sealer.seal(text)
    expect(sealed).toMatch(/^v1\.[\w-]+$/)
    expect(sealer.open(sealed)).toBe(text)
  })

  test('seals the same text differently each time', () => {
    expect(sealer.seal('same')).not.toBe(sealer.seal('same'))
  })

  test('rejects sealed text with any character changed', () => {
    const sealed = sealer.seal('password')
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A'
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1)
      expect(() => sealer.open(altered), `character ${at}`).toThrow(SealError)
    }
  })

  test.each(['', 'v1.', 'v1.AAAA', 'v2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'plain text'])(
    'rejects %j',
    (text) => {
      expect(() => sealer.open(text)).toThrow(SealError)
    },
  )

  test('rejects text that was truncated, padded or sealed with another key', () => {
    const sealed = sealer.seal('password')
    const stranger = createSealer(new Uint8Array(32).fill(2)).seal('password')
    for (const text of [sealed.slice(0, -1), `${sealed}=`, `${sealed}\n`, stranger]) {
      expect(() => sealer.open(text)).toThrow('The sealed text was altered or belongs to another key')
    }
  })
})

describe('digests and tokens', () => {
  test('a digest is SHA-256 in base64url', () => {
    expect(digest('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
  })

  test('tokens are long, URL-safe and unique', () => {
    expect(randomToken()).toMatch(/^[\w-]{43}$/)
    expect(randomToken(16)).toHaveLength(22)
    expect(randomToken()).not.toBe(randomToken())
  })
})
