import type { Logger } from 'pino'
import type { ConfigurationStore } from '../journeys/configuration-store.ts'
import { clientSecretSealer } from '../oauth/client-secret.ts'
import type { OauthClientStore } from '../oauth/oauth-store.ts'
import type { SigningKeyStore } from '../oauth/signing-keys.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import type { StoredKeyRing } from '../secrets/key-ring.ts'
import { resealedValues } from '../secrets/sealed-value.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { settingsSealer } from './sealed-settings.ts'

type Needs = {
  realms: RealmStore
  configuration: ConfigurationStore
  documents: DocumentStore
  oauthClients: OauthClientStore
  secrets: SecretStore
  keyRing: StoredKeyRing
  signingKeys: SigningKeyStore
  now(): number
  log: Pick<Logger, 'info'>
}

/** Every server reads new keys each minute: by then all of them know what one seals with. */
export const spreadMs = 120_000

/**
 * How long keys stay that were replaced. Nothing that is not stored lasts longer: browsers keep no cookie beyond 400 days
 * (RFC 6265bis, 5.5). What is stored is looked for.
 */
const keptMs = 400 * 24 * 3_600_000

/** New generations of every key, and what becomes of the old ones. Nobody is signed out by it. */
export class KeyRotation {
  readonly #needs: Needs
  #resealed = 0

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /**
   * Makes new keys for sealing, for signing, and for the ID tokens of every realm that has some.
   * @param activeAt from when on they seal and sign, in epoch milliseconds
   */
  async rotate(activeAt: number): Promise<void> {
    const { keyRing, realms, signingKeys } = this.#needs
    await keyRing.rotate(activeAt)
    for (const { path } of await realms.all()) await signingKeys.rotateIfUsed(path)
  }

  /** Learns of new keys. */
  refresh(): Promise<void> {
    return this.#needs.keyRing.refresh()
  }

  /** Seals what lasts with the newest keys, and forgets those that nothing needs any more. */
  async tidy(): Promise<void> {
    const { keyRing, now } = this.#needs
    const current = keyRing.generations().findLast(({ activeAt }) => activeAt <= now())
    if (current === undefined) return
    if (this.#resealed !== current.number && (await this.#resealLasting())) this.#resealed = current.number
    await this.#forget()
  }

  /** @returns false when somebody else wrote meanwhile: the next round goes on. */
  async #resealLasting(): Promise<boolean> {
    const { realms, signingKeys } = this.#needs
    let isDone = await signingKeys.reseal()
    for (const { path } of await realms.all()) {
      isDone = (await this.#resealSettings(path)) && isDone
      await this.#resealClients(path)
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
    return (await configuration.saveAll(realm, change, version)) === 'saved'
  }

  async #resealClients(realm: string): Promise<void> {
    const { oauthClients, keyRing } = this.#needs
    const sealer = clientSecretSealer(keyRing)
    for (const { id, sealedSecret } of await oauthClients.all(realm)) {
      if (sealedSecret === undefined || sealer.isCurrent(sealedSecret)) continue
      await oauthClients.replaceSecret(realm, id, sealedSecret, sealer.seal(sealer.open(sealedSecret)))
    }
  }

  /** The oldest first, and none before an older one. */
  async #forget(): Promise<void> {
    const { keyRing, secrets, now, log } = this.#needs
    for (;;) {
      const [oldest, successor] = keyRing.generations()
      if (oldest === undefined || successor === undefined) return
      if (now() - successor.activeAt < keptMs) return
      const { number } = oldest
      // Those of the first were sealed before there were generations, too.
      const marks = number === 1 ? ['v1.', 'v2.1.'] : [`v2.${number}.`]
      for (const mark of marks) if (await secrets.isHeld(mark)) return
      await keyRing.remove(number)
      log.info({ generation: number }, 'keys that nothing needs any more were removed')
    }
  }
}
