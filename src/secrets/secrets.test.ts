import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OperationError } from '../errors.ts'
import { digest, randomToken } from './digest.ts'
import { createKeyRing, openKeyRing } from './key-ring.ts'
import { createSealer, SealError } from './seal.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'sidegate-keys-'))

describe('the key ring', () => {
  test('is made once, for the owner only, and is the same at the next start', () => {
    const folder = join(newFolder(), 'data')
    const first = openKeyRing(folder).derive('cookies')
    expect(first).toHaveLength(32)
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['keys'])
    expect(openKeyRing(folder).derive('cookies')).toEqual(first)
  })

  test('keeps purposes and installations apart', () => {
    const ring = openKeyRing(newFolder())
    expect(ring.derive('a')).not.toEqual(ring.derive('b'))
    expect(openKeyRing(newFolder()).derive('a')).not.toEqual(ring.derive('a'))
  })

  test('derives today what it derived when data was first sealed', () => {
    expect(Buffer.from(createKeyRing(new Uint8Array(32)).derive('test')).toString('hex')).toBe(
      '8a48590a47738a59bea6cefb352f9ef40b68b4cc707825075e3055a1d15fa9b3',
    )
  })

  test('refuses a file that other users can read', () => {
    const folder = newFolder()
    openKeyRing(folder)
    chmodSync(join(folder, 'keys'), 0o640)
    expect(() => openKeyRing(folder)).toThrow(/chmod 600/)
  })

  test.each([
    ['no JSON', 'secret-bytes'],
    ['another version', '{"version":2,"rootKey":"secret-bytes"}'],
    ['a short key', '{"version":1,"rootKey":"c2VjcmV0"}'],
    ['an empty file', ''],
  ])('refuses %s, quotes nothing of it and leaves it alone', (_, text) => {
    const folder = newFolder()
    writeFileSync(join(folder, 'keys'), text, { mode: 0o600 })
    const opening = () => openKeyRing(folder)
    expect(opening).toThrow(OperationError)
    expect(opening).toThrow(/is not one of ours: restore it from a backup$/)
    expect(readFileSync(join(folder, 'keys'), 'utf8')).toBe(text)
  })

  test('is opened by a master key from outside, and then the folder has none', () => {
    const folder = newFolder()
    const key = new Uint8Array(32).fill(7)
    expect(openKeyRing(folder, key).derive('a')).toEqual(createKeyRing(key).derive('a'))
    expect(readdirSync(folder)).toEqual([])
  })

  test('takes its own key from outside, and refuses another that would open nothing', () => {
    const folder = newFolder()
    const ring = openKeyRing(folder)
    const { rootKey } = JSON.parse(readFileSync(join(folder, 'keys'), 'utf8'))
    const own = Buffer.from(rootKey, 'base64url')
    expect(openKeyRing(folder, own).derive('a')).toEqual(ring.derive('a'))
    expect(() => openKeyRing(folder, new Uint8Array(32))).toThrow(/another key than SIDEGATE_MASTER_KEY$/)
  })

  test('says which file cannot be read', () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'file'), '')
    expect(() => openKeyRing(join(folder, 'file'))).toThrow(/The key file .*keys cannot be read/)
  })
})

describe('a sealer', () => {
  const sealer = createSealer(new Uint8Array(32).fill(1))

  test.each(['', 'short', 'ünï ☃ 𝄞', 'x'.repeat(5000)])('opens what it sealed (%#)', (text) => {
    const sealed = sealer.seal(text)
    expect(sealed).toMatch(/^v1\.[\w-]+$/)
    expect(sealer.open(sealed)).toBe(text)
  })

  test('never seals the same twice', () => {
    expect(sealer.seal('same')).not.toBe(sealer.seal('same'))
  })

  test('opens nothing that was altered, whichever character it was', () => {
    const sealed = sealer.seal('password')
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A'
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1)
      expect(() => sealer.open(altered), `character ${at}`).toThrow(SealError)
    }
  })

  test.each(['', 'v1.', 'v1.AAAA', 'v2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'plain text'])(
    'refuses %j',
    (text) => {
      expect(() => sealer.open(text)).toThrow(SealError)
    },
  )

  test('refuses what was cut, padded or sealed with another key', () => {
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

  test('tokens are long, safe in URLs and never the same', () => {
    expect(randomToken()).toMatch(/^[\w-]{43}$/)
    expect(randomToken(16)).toHaveLength(22)
    expect(randomToken()).not.toBe(randomToken())
  })
})
