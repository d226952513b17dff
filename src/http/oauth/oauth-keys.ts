import { readSigningKeys, rotateSigningKeys } from '../../../contract/server.ts'
import type { JsonObject } from '../../engine/json.ts'
import type { Generation, SigningKeyStore } from '../../oauth/signing-keys.ts'
import { parseBody } from '../body.ts'
import { always, byAction, type Route } from '../route.ts'

export type OauthKeyNeeds = { signingKeys: Pick<SigningKeyStore, 'published' | 'rotate'> }

/** The keys that a realm signs ID tokens with. The private parts never leave the server. */
export function oauthKeyRoutes({ signingKeys }: OauthKeyNeeds): Route[] {
  const access = 'realm'
  return [
    {
      ...readSigningKeys,
      access,
      summary: 'Tells which keys of the realm are published, and since when each signs.',
      handle: async ({ realm }) => ({ body: shown(await signingKeys.published(realm.path)) }),
    },
    {
      ...rotateSigningKeys,
      access,
      resource: { kind: 'signingKeys' },
      dangerous: always,
      summary: 'Makes new signing keys (`rotate`); with `withdraw`, those before are not believed any more.',
      handle: byAction({
        async rotate(call) {
          const { withdraw } = parseBody(rotateSigningKeys.actions.rotate.body, call)
          return { body: shown(await signingKeys.rotate(call.realm.path, withdraw)) }
        },
      }),
    },
  ]
}

function shown(published: readonly Generation[]): JsonObject {
  return {
    result: published.map(({ number, madeAt, keys }, place) => ({
      number,
      madeAt,
      isSigning: place === 0,
      keys: keys.map(({ kid, alg }) => ({ kid: kid ?? null, alg })),
    })),
  }
}
