import type { AuditStore, ChainState } from './audit-store.ts'
import { faultOf, type Link } from './chain.ts'
import { type ChainSigner, readEnd, type SignedEnd, signEnd } from './signed-ends.ts'

/** Unsigned rows that servers of an earlier version can append during a rolling update. */
const maxUnsigned = 5000

const maxTries = 10

/** Signs the end of the chain, but only if the chain follows from a signed one, so that a forged chain gets no signature. */
export class ChainTrust {
  readonly #store: AuditStore
  readonly #signer: ChainSigner
  /** The newest end that this server has seen. */
  #seen: SignedEnd | undefined
  /** The newest signature of this server, which needs no verification. */
  #own: { signature: string; end: SignedEnd } | undefined

  constructor(store: AuditStore, signer: ChainSigner) {
    this.#store = store
    this.#signer = signer
  }

  /** The newest end that this server has seen, which the chain must still contain. */
  get seen(): readonly Link[] {
    return this.#seen === undefined ? [] : [this.#seen]
  }

  /**
   * Signs a chain for the first time, or with the newest key.
   * @param isNew whether the installation was just created.
   * @returns false if the chain has lost its signature.
   */
  async begin(isNew: boolean): Promise<boolean> {
    const { keys, hasBegun } = this.#signer
    for (let tries = 0; tries < maxTries; tries++) {
      const state = await this.#store.state()
      const { head } = state
      // rule S21: otherwise a server signs a chain that lost its signature
      const isFirst = state.endSignature === null && (isNew || !hasBegun())
      const end = isFirst ? { since: head.sequence + 1, ...head } : await this.endOf(state)
      if (end === undefined) return false
      if (!(await this.#store.sign(head, signEnd({ ...end, ...head }, keys)))) continue
      if (!hasBegun()) await this.#signer.begin()
      return true
    }
    return true
  }

  /** The signed end that the head follows from; undefined if the chain must not be signed. */
  async endOf(state: ChainState): Promise<SignedEnd | undefined> {
    const { head, endSignature } = state
    const end = readEnd(endSignature, this.#signer.keys)
    if (end === undefined || end.sequence > head.sequence || !this.#isAsSeen(end)) return undefined
    let last: Link = end
    while (last.sequence < head.sequence) {
      const rows = await this.#store.rowsAfter(last.sequence, 500)
      const [first] = rows
      if (first === undefined || first.sequence > end.sequence + maxUnsigned) return undefined
      for (const row of rows) {
        if (faultOf(last, row) !== undefined) return undefined
        last = row
      }
    }
    if (last.sequence === head.sequence && last.hash !== head.hash) return undefined
    this.#seen = end
    return end
  }

  /** The signed end if it is the head, as it is when this server alone adds rows; undefined if the head must not be signed. */
  signedHead({ head, endSignature }: ChainState): SignedEnd | undefined {
    const own = this.#own
    const end = own?.signature === endSignature ? own.end : readEnd(endSignature, this.#signer.keys)
    if (end?.sequence !== head.sequence || end.hash !== head.hash || !this.#isAsSeen(end)) return undefined
    this.#seen = end
    return end
  }

  /** The signature of a new head. */
  signed({ since }: SignedEnd, { sequence, hash }: Link): string {
    const end = { since, sequence, hash }
    const signature = signEnd(end, this.#signer.keys)
    this.#own = { signature, end }
    return signature
  }

  #isAsSeen({ sequence, hash }: SignedEnd): boolean {
    const seen = this.#seen
    if (seen === undefined) return true
    return sequence > seen.sequence || (sequence === seen.sequence && hash === seen.hash)
  }
}
