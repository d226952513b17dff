import { expect, it } from 'vitest'
import { ApiError } from '../../api/request.ts'
import { saveUnlessChanged } from './save-unless-changed.ts'
import type { StoredDocument } from './stored-document.ts'

const base = { document: { name: 'a' }, revision: '1' }

/** A server that has a document, and accepts saves with one revision. */
function serverWith(stored: StoredDocument, accepted: string) {
  const sent: string[] = []
  return {
    sent,
    read: async () => stored,
    async save({ revision }: StoredDocument) {
      sent.push(revision)
      if (sent.length > 5) throw new Error('The client floods the server')
      if (revision !== accepted) throw new ApiError({ code: 412, reason: '', message: 'It changed' })
      return 'saved'
    },
  }
}

it('saves again if only the revision changed', async () => {
  const { sent, read, save } = serverWith({ ...base, revision: '2' }, '2')
  expect(await saveUnlessChanged(base, read, save)).toEqual({ stored: 'saved' })
  expect(sent).toEqual(['1', '2'])
})

it('returns what another person saved first', async () => {
  const theirs = { document: { name: 'b' }, revision: '2' }
  const { sent, read, save } = serverWith(theirs, '2')
  expect(await saveUnlessChanged(base, read, save)).toEqual({ theirs })
  expect(sent).toEqual(['1'])
})

it.each(['1', ''])('saves once if the server refuses the revision that it sent: “%s”', async (revision) => {
  const { sent, read, save } = serverWith({ ...base, revision }, 'other')
  await expect(saveUnlessChanged({ ...base, revision }, read, save)).rejects.toThrow('a proxy changes ETag')
  expect(sent).toEqual([revision])
})
