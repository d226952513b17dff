import { readKeys, rotateKeys } from '../../../contract/server.ts'
import type { JsonObject } from '../../base/json.ts'
import { type StoredKeyRing, spreadMs } from '../../secrets/key-ring.ts'
import { type OauthKeyNeeds, oauthKeyRoutes } from '../oauth/oauth-keys.ts'
import { always, byAction, type Route } from '../route.ts'

export type KeyNeeds = OauthKeyNeeds & {
  keyRing: Pick<StoredKeyRing, 'generations'>
  /** @param activeAt epoch milliseconds from which the new keys are used */
  keyRotation: { rotate(activeAt: number): Promise<void> }
  now(): number
}

/**
 * Lists and rotates the key generations of the server and the realms' keys for ID tokens. The keys themselves never leave the
 * server.
 */
export function keyRoutes({ keyRing, keyRotation, signingKeys, now }: KeyNeeds): Route[] {
  const access = 'administrator'
  const shown = () => ({ body: generationsNow(keyRing.generations(), now()) })
  return [
    ...oauthKeyRoutes({ signingKeys }),
    {
      ...readKeys,
      access,
      summary: 'Lists the generations of keys, and since when each seals and signs.',
      handle: async () => shown(),
    },
    {
      ...rotateKeys,
      access,
      resource: { kind: 'keys' },
      dangerous: always,
      summary: 'Makes a new generation of keys (`rotate`), in use two minutes later. Sessions stay valid.',
      handle: byAction({
        async rotate() {
          await keyRotation.rotate(now() + spreadMs)
          return shown()
        },
      }),
    },
  ]
}

function generationsNow(generations: ReturnType<StoredKeyRing['generations']>, now: number): JsonObject {
  const current = generations.findLast(({ activeAt }) => activeAt <= now)
  return {
    result: generations
      .map(({ number, madeAt, activeAt }) => ({
        number,
        madeAt,
        activeAt,
        isCurrent: number === current?.number,
      }))
      .toReversed(),
  }
}
