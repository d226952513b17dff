import { isDeepStrictEqual } from 'node:util'
import { RequestError } from '../base/errors.ts'
import type { Json } from '../base/json.ts'

/**
 * A write that would move a stored secret: it leaves the secret out, and changes a setting that says where the secret goes.
 * Nobody who can't read a secret may have it sent to another place than the one for which it was entered.
 */
export class MovedSecret extends RequestError {
  /** The setting with the secret, as its path in the written document. */
  readonly secret: string
  /** What to do, without the name of the secret. */
  readonly remedy: string

  /** @param title names the secret for people */
  constructor(secret: string, changed: readonly string[], title = secret) {
    const remedy = `must be entered again, because ${listed(changed)} changed`
    super(400, `Data validation failed for the attribute, ${title}: ${remedy}`, { [secret]: remedy })
    this.secret = secret
    this.remedy = remedy
  }
}

/** Called for a moved secret, which is never kept. */
export type OnMoved = (moved: MovedSecret) => void

/** For writes. @throws MovedSecret */
export function refuseMoved(moved: MovedSecret): never {
  throw moved
}

/** For previews, which continue without the secret. */
export function leaveOutMoved(): void {}

/** The places whose value changed. Values are compared as texts of their own: a placeholder differs from its value. */
export function changedPlaces(
  places: readonly string[],
  before: (place: string) => Json | undefined,
  after: (place: string) => Json | undefined,
): string[] {
  return places.filter((place) => !isDeepStrictEqual(known(before(place)), known(after(place))))
}

/** Unset places are the same, in whatever way they are unset. */
function known(value: Json | undefined): Json {
  return value === undefined || value === '' ? null : value
}

function listed(names: readonly string[]): string {
  const [last = '', ...others] = names.toReversed()
  return others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`
}
