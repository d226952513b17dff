import { isSameJson } from '../../api/json.ts'
import { ApiError } from '../../api/request.ts'
import type { StoredDocument } from './stored-document.ts'

/**
 * Saves a document, again if only the revision of the stored one changed.
 * @returns the document as saved, or the stored one if it was changed first. Then nothing was saved.
 * @throws Error of `save` or `read`.
 */
export async function saveUnlessChanged<Saved, Stored extends StoredDocument>(
  base: StoredDocument,
  read: () => Promise<Stored>,
  save: (base: StoredDocument) => Promise<Saved>,
): Promise<{ stored: Saved } | { theirs: Stored }> {
  try {
    return { stored: await save(base) }
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 412)) throw error
  }
  const theirs = await read()
  if (!isSameJson(theirs.document, base.document)) return { theirs }
  if (theirs.revision === base.revision) throw new UnusableRevisionError()
  return saveUnlessChanged(theirs, read, save)
}

/** The server refused the revision that it sent. */
class UnusableRevisionError extends Error {
  constructor() {
    super(
      'The server did not accept the revision that it sent. Check whether a proxy changes ETag or If-Match.',
    )
    this.name = 'UnusableRevisionError'
  }
}
