import type { errors as errorTypes, Provider } from 'oidc-provider'
import { assistantClient } from './admin-clients.ts'
import { issue } from './issued-token.ts'

export const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'

const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token'

const types = ['subject_token_type', 'requested_token_type'] as const

type Parameters = Partial<Record<(typeof types)[number] | 'subject_token' | 'scope', string>>

/**
 * Exchanges a token of the client for assistants for one with fewer scopes, which ends with it (RFC 8693). Parameters that the
 * vendor's server for assistants doesn't send, such as `actor_token`, are ignored.
 * @param now epoch milliseconds
 */
export function grantTokenExchange(
  provider: Provider,
  { errors }: { errors: typeof errorTypes },
  now: () => number,
): void {
  provider.registerGrantType<Parameters>(
    exchangeGrant,
    async (ctx) => {
      const { client, params } = ctx.oidc
      const other = types.find((name) => (params[name] ?? accessTokenType) !== accessTokenType)
      if (other !== undefined) throw new errors.InvalidRequest(`${other} must be ${accessTokenType}`)
      const subject = await provider.AccessToken.find(params.subject_token ?? '')
      // The tool signs in again after this error.
      // rule S30: otherwise tokens of any application become tokens of administration
      if (subject?.clientId !== assistantClient) throw new errors.InvalidToken('subject_token')
      // rule S45: otherwise a stolen token that is bound to a key becomes one that is not
      if (subject.jkt !== undefined) throw new errors.InvalidToken('subject_token is bound to a key')
      const allowed = (subject.scope ?? '').split(' ')
      const scopes = [...new Set((params.scope ?? '').split(' ').filter((scope) => scope !== ''))]
      // rule S30: otherwise an exchange adds scopes
      const foreign = scopes.filter((scope) => !allowed.includes(scope))
      if (foreign.length > 0 || scopes.length === 0)
        throw new errors.InvalidScope('must name scopes of the subject token', foreign.join(' '))
      const { accountId, grantId, sessionUid } = subject
      const token = new provider.AccessToken({
        client,
        accountId,
        grantId,
        sessionUid,
        scope: scopes.join(' '),
        gty: exchangeGrant,
        expiresIn: Math.max(1, (subject.exp ?? 0) - Math.floor(now() / 1000)),
      })
      await issue(ctx, token, { issued_token_type: accessTokenType })
    },
    ['subject_token', ...types, 'scope'],
  )
}
