import type { Logger } from 'pino'
import { jsonObjectSchema } from '../base/json.ts'
import type { EsvStore } from '../esvs/esv-store.ts'
import type { ConfigurationStore } from '../journeys/configuration-store.ts'
import type { DraftStore } from '../journeys/drafts/draft-store.ts'
import type { VersionStore } from '../journeys/history/version-store.ts'
import { clientSecretSealer } from '../oauth/client-secret.ts'
import type { OauthClientStore } from '../oauth/oauth-store.ts'
import { oauthKeyRows, type SigningKeyStore } from '../oauth/signing-keys.ts'
import { samlKeyRows } from '../people/providers/saml/sp-key-store.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import { messagingSchema } from '../realms/messaging-settings.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import { resealKeys } from '../secrets/key-generations.ts'
import type { StoredKeyRing } from '../secrets/key-ring.ts'
import { resealedValues } from '../secrets/sealed-value.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { settingsSealer } from './sealed-settings.ts'

type Needs = {
  realms: RealmStore
  configuration: ConfigurationStore
  documents: DocumentStore
  oauthClients: OauthClientStore
  versions: VersionStore
  drafts: DraftStore
  secrets: SecretStore
  esvs: EsvStore
  keyRing: StoredKeyRing
  signingKeys: SigningKeyStore
  now(): number
  log: Pick<Logger, 'info'>
}

/**
 * Retention of replaced keys. Browsers keep cookies for at most 400 days (RFC 6265bis, 5.5), and before a key is removed, the
 * database is searched for values that still need it.
 */
const keptMs = 400 * 24 * 3_600_000

/** Creates new generations of all keys and removes old ones. Sessions survive a rotation. */
export class KeyRotation {
  readonly #needs: Needs
  #resealed = 0

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /**
   * Creates new keys for sealing and signing, and for the ID tokens of every realm that uses them.
   * @param activeAt epoch milliseconds from which they are used
   */
  async rotate(activeAt: number): Promise<void> {
    const { keyRing, realms, signingKeys } = this.#needs
    await keyRing.rotate(activeAt)
    for (const { path } of await realms.all()) await signingKeys.rotateIfUsed(path)
  }

  /** Reads keys that other servers created. */
  refresh(): Promise<void> {
    return this.#needs.keyRing.refresh()
  }

  /** Reseals stored values with the newest keys, and removes keys that are no longer needed. */
  async maintain(): Promise<void> {
    const { keyRing, now } = this.#needs
    const current = keyRing.generations().findLast(({ activeAt }) => activeAt <= now())
    if (current === undefined) return
    if (this.#resealed !== current.number && (await this.#resealStored())) this.#resealed = current.number
    await this.#removeUnused()
  }

  /** @returns false after a concurrent write: the next round continues. */
  async #resealStored(): Promise<boolean> {
    const { realms } = this.#needs
    let isDone = true
    for (const rows of [oauthKeyRows, samlKeyRows]) isDone = (await resealKeys(this.#needs, rows)) && isDone
    await this.#resealEsvs()
    for (const { path } of await realms.all()) {
      isDone = (await this.#resealSettings(path)) && isDone
      await this.#resealRealm(path)
      await this.#resealClients(path)
      await this.#resealVersions(path)
      await this.#resealDrafts(path)
    }
    return isDone
  }

  async #resealSettings(realm: string): Promise<boolean> {
    const { configuration, documents, keyRing } = this.#needs
    const sealer = settingsSealer(keyRing)
    const version = await configuration.version()
    const nodes = (await configuration.nodes(realm)).flatMap((node) => {
      const config = resealedValues(sealer, node.config)
      return config === node.config ? [] : [{ ...node, config }]
    })
    const changed = (await documents.all(realm)).flatMap((one) => {
      const document = resealedValues(sealer, one.document)
      return document === one.document ? [] : [{ ...one, document }]
    })
    if (nodes.length === 0 && changed.length === 0) return true
    const change = { journeys: [], nodes, scripts: [], customNodeTypes: [], documents: changed }
    const around = { mark: { at: this.#needs.now(), cause: 'seal' } } as const
    return (await configuration.saveAll(realm, change, version, around)) === 'saved'
  }

  /** The secrets of gateways. */
  async #resealRealm(path: string): Promise<void> {
    const { realms, keyRing } = this.#needs
    const sealer = settingsSealer(keyRing)
    await realms.reseal(path, (settings) => {
      const messaging = resealedValues(sealer, settings.messaging)
      if (messaging === settings.messaging) return settings
      return { ...settings, messaging: messagingSchema.parse(messaging) }
    })
  }

  /** The history of nodes and of the realm's settings, which contain secrets. */
  async #resealVersions(realm: string): Promise<void> {
    const { versions, keyRing } = this.#needs
    const sealer = settingsSealer(keyRing)
    for (const state of await versions.withSecrets(realm)) {
      const content = jsonObjectSchema.parse(JSON.parse(state.content))
      const resealed = resealedValues(sealer, content)
      if (resealed !== content) await versions.reseal(state, JSON.stringify(resealed))
    }
  }

  async #resealDrafts(realm: string): Promise<void> {
    const { drafts, keyRing } = this.#needs
    const sealer = settingsSealer(keyRing)
    for (const draft of await drafts.all(realm)) {
      const nodes = [...draft.nodes.values()].map((node) => {
        const config = resealedValues(sealer, node.config)
        return config === node.config ? node : { ...node, config }
      })
      if (nodes.every((node) => draft.nodes.get(node.id) === node)) continue
      await drafts.reseal(realm, { ...draft, nodes: new Map(nodes.map((node) => [node.id, node])) })
    }
  }

  async #resealEsvs(): Promise<void> {
    const { esvs, keyRing } = this.#needs
    const sealer = keyRing.sealer('esvs')
    for (const { id } of (await esvs.all()).secrets) {
      for (const version of await esvs.versions(id)) {
        if (version.sealed === '' || sealer.isCurrent(version.sealed)) continue
        await esvs.reseal(version, sealer.seal(sealer.open(version.sealed)))
      }
    }
  }

  async #resealClients(realm: string): Promise<void> {
    const { oauthClients, keyRing } = this.#needs
    const sealer = clientSecretSealer(keyRing)
    for (const { id, sealedSecret } of await oauthClients.all(realm)) {
      if (sealedSecret === undefined || sealer.isCurrent(sealedSecret)) continue
      await oauthClients.replaceSecret(realm, id, sealedSecret, sealer.seal(sealer.open(sealedSecret)))
    }
  }

  /** Removes keys oldest first, and stops at the first one that is still needed. */
  async #removeUnused(): Promise<void> {
    const { keyRing, secrets, now, log } = this.#needs
    for (;;) {
      const [oldest, successor] = keyRing.generations()
      if (oldest === undefined || successor === undefined) return
      if (now() - successor.activeAt < keptMs) return
      const { number } = oldest
      // Values sealed before keys had generations carry `v1.`.
      const marks = number === 1 ? ['v1.', 'v2.1.'] : [`v2.${number}.`]
      for (const mark of marks) if (await secrets.isInUse(mark)) return
      await keyRing.remove(number)
      log.info({ generation: number }, 'removed keys that are no longer needed')
    }
  }
}
