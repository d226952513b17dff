import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createKeyRing } from '../secrets/key-ring.ts'
import { openStores } from '../store/stores.ts'
import { PairwiseSubjects } from './subjects.ts'

test('a subject leads back to the person in its own realm and sector only, on every server', async () => {
  const stores = await openStores({
    dataFolder: mkdtempSync(join(tmpdir(), 'sidegate-')),
    databaseUrl: undefined,
  })
  const server = () =>
    new PairwiseSubjects({ secrets: stores.secrets, keyRing: createKeyRing(new Uint8Array(32)) })
  const [one, other] = [server(), server()]
  const [subject, again] = await Promise.all(
    [one, other].map((each) => each.subjectOf('/alpha', 'a', 'kim-of-the-desk')),
  )
  expect(subject).toBe(again)
  expect(subject).not.toContain('kim-of-the-desk')
  const personOf = (realm: string, sector: string | undefined, sent = subject ?? '') =>
    server().personOf(realm, sector, sent)
  expect(await personOf('/alpha', 'a')).toBe('kim-of-the-desk')
  expect(await personOf('/alpha', 'b')).toBeUndefined()
  expect(await personOf('/beta', 'a')).toBeUndefined()
  expect(await personOf('/alpha', undefined)).toBeUndefined()
  for (const sent of ['kim-of-the-desk', '', `${subject?.slice(0, -2)}AA`])
    expect(await personOf('/alpha', 'a', sent)).toBeUndefined()
  await stores.close()
})
