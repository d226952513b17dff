import type { Logger } from 'pino'
import type { DocumentStore } from '../../../realms/document-store.ts'
import { type FencedSend, isSafe } from '../fenced-send.ts'
import { entityKey, remoteSchema, samlEntityKind } from './entities.ts'
import { readIdpMetadata } from './metadata.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Reads metadata at their address. @throws Error if it is not safe, or has none. */
export async function metadataAt(url: string, send: FencedSend): Promise<string> {
  // rule S75: otherwise keys are read over plain http, where anybody on the way can change them
  if (!isSafe(url)) throw new Error('metadata can only be read over https')
  const headers = { Accept: 'application/samlmetadata+xml, application/xml, text/xml' }
  // rule S75: otherwise a redirect decides where keys come from
  const { status, body } = await send({ url, method: 'GET', headers, redirect: 'manual' })
  if (status !== 200) throw new Error(`the address responded with status ${status}, not 200`)
  return body
}

type Needs = {
  /** As stored, with placeholders. */
  documents: Pick<DocumentStore, 'read' | 'save'>
  send: FencedSend
  log: Logger
  now(): number
}

/** Keeps metadata that have an address fresh: providers replace their keys. */
export class MetadataRefresh {
  readonly #needs: Needs
  /** Attempts that brought nothing. */
  readonly #tried = new Map<string, number>()

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /**
   * Reads the metadata again if they are a day old; if `isUrgent`, a minute. New ones must describe the same identity provider, so
   * that it can be used, else the stored ones stay, and an hour passes until the next attempt.
   * @returns whether they changed.
   */
  async refresh(realm: string, entityId: string, isUrgent = false): Promise<boolean> {
    const { documents, send, log, now } = this.#needs
    const id = entityKey(entityId)
    const stored = await documents.read(realm, samlEntityKind, id)
    const { metadataUrl, metadataReadAt, base64EntityXML } =
      remoteSchema.safeParse(stored?.document).data ?? {}
    if (stored === undefined || !metadataUrl) return false
    const key = JSON.stringify([realm, id])
    const [readAt, triedAt] = [metadataReadAt ?? 0, this.#tried.get(key) ?? 0]
    const pause = isUrgent ? minuteMs : triedAt > readAt ? hourMs : dayMs
    if (now() < Math.max(readAt, triedAt) + pause) return false
    this.#tried.set(key, now())
    try {
      const xml = await metadataAt(metadataUrl, send)
      // rule S75: otherwise metadata of another entity, or without a key, take the place of good ones
      readIdpMetadata(xml, entityId)
      const document = {
        ...stored.document,
        base64EntityXML: Buffer.from(xml).toString('base64url'),
        metadataReadAt: now(),
      }
      const latest = await documents.read(realm, samlEntityKind, id)
      // rule S75: otherwise a provider comes back that was removed meanwhile
      if (JSON.stringify(latest?.document) !== JSON.stringify(stored.document)) return false
      await documents.save(realm, { kind: samlEntityKind, id, document })
      this.#tried.delete(key)
      const isChanged = document.base64EntityXML !== base64EntityXML
      if (isChanged) log.info({ realm, entityId }, 'SAML metadata changed at their address')
      return isChanged
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'unknown'
      log.warn({ realm, entityId, problem }, 'SAML metadata were not read again')
      return false
    }
  }
}
