import { readSigningKeys, rotateSigningKeys } from '../../../contract/server.ts'
import type { JsonObject } from '../../base/json.ts'
import type { SigningKeyStore } from '../../oauth/signing-keys.ts'
import type { Generation } from '../../secrets/key-generations.ts'
import { parseBody } from '../body.ts'
import { always, byAction, type Route } from '../route.ts'

export type OauthKeyNeeds = { signingKeys: Pick<SigningKeyStore, 'published' | 'rotate'> }

/** The keys for a realm's ID tokens. Private keys never leave the server. */
export function oauthKeyRoutes({ signingKeys }: OauthKeyNeeds): Route[] {
  const access = 'realm'
  return [
    {
      ...readSigningKeys,
      access,
      summary: 'Lists the published signing keys of the realm.',
      handle: async ({ realm }) => ({ body: toResource(await signingKeys.published(realm.path)) }),
    },
    {
      ...rotateSigningKeys,
      access,
      resource: { kind: 'signingKeys' },
      dangerous: always,
      summary: 'Makes new signing keys (`rotate`); with `withdraw`, older keys become invalid at once.',
      handle: byAction({
        async rotate(call) {
          const { withdraw } = parseBody(rotateSigningKeys.actions.rotate.body(), call)
          return { body: toResource(await signingKeys.rotate(call.realm.path, withdraw)) }
        },
      }),
    },
  ]
}

function toResource(published: readonly Generation[]): JsonObject {
  return {
    result: published.map(({ number, madeAt, keys }, place) => ({
      number,
      madeAt,
      isSigning: place === 0,
      keys: keys.map(({ kid, alg }) => ({ kid: kid ?? null, alg })),
    })),
  }
}
