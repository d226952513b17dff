import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes, type RequestView } from '../../engine/node-type.ts'
import { defineNode, setting, textSetting } from '../define-node.ts'
import type { IdTokenRules } from '../ports/outside-ports.ts'
import { ScriptFailure } from '../ports/ports.ts'
import { problemOf } from './social-answer.ts'
import { isUnset } from './social-profile.ts'

const lookupAttributes = 'lookupAttributes'

/** State key of the key that a token is bound to, as in AM. */
const boundKey = 'org.forgerock.openam.authentication.modules.jwtpop.cnf'

const untransformed = 'Claim transformation failed: '

const config = () =>
  z.object({
    oidcValidationType: setting(
      'OpenID Connect Validation Type',
      'Where the key of tokens comes from: the discovery document of the provider, its key set, or a secret for tokens that are signed with one (HMAC).',
      z.enum(['WELL_KNOWN_URL', 'CLIENT_SECRET', 'JWK_URL']).default('WELL_KNOWN_URL'),
    ),
    oidcValidationValue: textSetting(
      'OpenID Connect Validation Value',
      'The https URL of the discovery document or of the key set.',
    ),
    secretId: setting(
      'Client Secret Label',
      'Label of the secret in the server’s environment: `my.secret` is read from `ESV_MY_SECRET`.',
      z.string().nullish(),
      'secretLabel',
    ),
    headerName: setting(
      'ID Token Header Name',
      'Header of the request with the token.',
      z.string().min(1).default('oidc_id_token'),
    ),
    idTokenIssuer: setting('Token Issuer', 'The claim `iss` that tokens must have.', z.string().min(1)),
    audienceName: setting('Audience name', 'A value that the claim `aud` must have.', z.string().min(1)),
    authorisedParties: setting(
      'Authorized parties',
      'Values that the claim `azp` may have. Tokens with that claim, or for several audiences, need one of them.',
      z.array(z.string()).default([]),
    ),
    script: setting(
      'Transformation Script',
      'Reads the claims as `jwtClaims` and returns the object for `lookupAttributes`.',
      z.string(),
      {
        to: 'script',
        contexts: ['SOCIAL_IDP_PROFILE_TRANSFORMATION', 'SOCIAL_IDP_PROFILE_TRANSFORMATION_NEXT_GEN'],
      },
    ),
    inputs: setting(
      'Script Inputs',
      'State keys that the script may read.',
      z.array(z.string()).default(['*']),
      'stateKeys',
    ),
    unreasonableLifetimeLimit: setting(
      'Unreasonable Lifetime Limit',
      'Minutes for which a token may have existed, and may still be valid.',
      z.int().positive().default(60),
    ),
  })

/**
 * Checks an ID token that the client brings in a header. It signs nobody in: what its script makes of the claims is for later
 * nodes. Source: "OIDC ID Token Validator node".
 */
// rule S60: otherwise a node without a script lets the token through
export const oidc = defineNode({
  type: 'OidcNode',
  title: 'OIDC ID Token Validator',
  help: 'Checks an ID token of an OpenID provider in a header of the request, and keeps what a script makes of its claims.',
  tags: ['social', 'federation'],
  config,
  outcomes: decisionOutcomes,
  reads: ({ inputs }) => inputs,
  writes: () => [lookupAttributes, boundKey],
  errors: {
    warn: {
      'the ID token is not valid':
        'Its signature, issuer, audience, times or parties are wrong, or the keys of the provider can’t be read. The log line says which.',
    },
    fail: {
      'No key for ID tokens is configured': 'The validation value is empty, or the label names no secret.',
      [`${untransformed}‹why›`]: 'The script is missing, or failed. The text names it.',
    },
  },
  needs: ['idTokens', 'transformations', 'web'],
  reference: {
    inputs: 'the header of the request with the token',
    keys: {
      [lookupAttributes]: 'What a script made of the claims of an ID token.',
      [boundKey]: 'The claim `cnf` of an ID token: the key that it is bound to.',
    },
    outcomes: {
      true: 'The token is valid.',
      false: 'There is no token, or it is not valid.',
    },
    example:
      'Before a Scripted Decision node that puts a name from `lookupAttributes` into `username`, and Identify Existing User. A token can be sent again until it expires.',
  },
  async run({ config, state, request, now, idTokens, transformations, web, log }) {
    const source = sourceOf(config, (label) => web.secret(label))
    if (source === undefined) return fail('No key for ID tokens is configured')
    if (isUnset(config.script)) return fail(`${untransformed}no script is chosen`)
    const token = tokenIn(request, config.headerName)
    if (token === undefined) return goTo('false')
    const rules = {
      source,
      issuer: config.idTokenIssuer,
      audience: config.audienceName,
      authorisedParties: config.authorisedParties,
      maxLifetimeSeconds: config.unreasonableLifetimeLimit * 60,
    }
    let jwtClaims: JsonObject
    try {
      jwtClaims = await idTokens.verify(token, rules, now)
    } catch (error) {
      log.warn(
        'the ID token is not valid',
        // rule S60: otherwise the claims of a refused token are logged
        problemOf(error),
      )
      return goTo('false')
    }
    try {
      const profile = { jwtClaims, selectedIdp: '' }
      const made = await transformations.run(config.script, profile, config.inputs)
      if (made === undefined) return fail(`${untransformed}the realm has no script '${config.script}'`)
      state.putShared(lookupAttributes, made)
    } catch (error) {
      if (error instanceof ScriptFailure) return fail(untransformed + error.message)
      throw error
    }
    if (jwtClaims.cnf !== undefined) state.putShared(boundKey, jwtClaims.cnf)
    return goTo('true')
  },
})

function sourceOf(
  { oidcValidationType: type, oidcValidationValue: url, secretId }: z.infer<ReturnType<typeof config>>,
  secretOf: (label: string) => string | undefined,
): IdTokenRules['source'] | undefined {
  if (type === 'CLIENT_SECRET') {
    const secret = secretId ? secretOf(secretId) : undefined
    // rule S60: otherwise without a secret, the key is empty text that everybody has
    return secret ? { kind: 'secret', secret } : undefined
  }
  if (url.trim() === '') return undefined
  return { kind: type === 'JWK_URL' ? 'keys' : 'discovery', url: url.trim() }
}

function tokenIn({ headers }: RequestView, name: string): string | undefined {
  const sent = name.toLowerCase()
  const values = Object.hasOwn(headers, sent) ? (headers[sent] ?? []) : []
  // rule S60: otherwise a request with two tokens leaves open which one counts
  return values.length === 1 && values[0]?.trim() ? values[0].trim() : undefined
}
