import type { Account, FindAccount, KoaContextWithOIDC } from 'oidc-provider'
import type { JsonObject } from '../base/json.ts'
import { displayNameOf } from '../people/display-name.ts'
import type { Identity } from '../people/identity.ts'
import { preferredLocales } from '../people/preferred-locales.ts'

/** Claims that people have if the realm has an attribute of this name. Source: OpenID Connect Core 1.0, section 5.1. */
const namedClaims = [
  'middle_name',
  'nickname',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
] as const

/** The claims of each scope. Source: OpenID Connect Core 1.0, section 5.4. */
export const claimsByScope = {
  openid: ['sub', 'sid', 'auth_time', 'amr'],
  profile: [
    'name',
    'given_name',
    'family_name',
    ...namedClaims,
    'preferred_username',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address'],
} as const satisfies Record<string, readonly string[]>

/** The claims of a scope. Custom scopes have none. */
export function claimsOf(scope: string): readonly string[] {
  return Object.hasOwn(claimsByScope, scope) ? claimsByScope[scope as keyof typeof claimsByScope] : []
}

/** The scopes that contain at least one of the claims. */
export function scopesOfClaims(claims: readonly string[], scopes: readonly string[]): string[] {
  return scopes.filter((scope) => claimsOf(scope).some((claim) => claims.includes(claim)))
}

/**
 * Whether the identity may use a code or token. A token older than the identity was made for an earlier person with the same id.
 * @param issuedAt epoch seconds.
 */
export function mayUse(identity: Identity | undefined, issuedAt: number | undefined): boolean {
  if (identity?.isActive !== true) return false
  return issuedAt === undefined || Math.floor(identity.createdAt / 1000) <= issuedAt
}

/** Finds identities for `oidc-provider`. Disabled identities are treated as not found, so their codes and tokens stop working. */
export function accountFinder(
  realm: string,
  readIdentity: (realm: string, id: string) => Promise<Identity | undefined>,
  personOf: (ctx: KoaContextWithOIDC, subject: string) => Promise<string | undefined>,
  fixedAttributes: ReadonlySet<string>,
): FindAccount {
  return async (ctx, named, token) => {
    const id = await idOf(ctx, named, personOf)
    const identity = await readIdentity(realm, id)
    if (identity === undefined || !mayUse(identity, token?.iat)) return undefined
    // ID tokens name the session, so that the application can end it.
    const sid = token !== undefined && 'sessionUid' in token ? token.sessionUid : undefined
    const account: Account = {
      accountId: id,
      claims: async (use) => ({
        sub: id,
        ...personalClaims(identity, fixedAttributes),
        ...(use === 'id_token' && typeof sid === 'string' ? { sid } : {}),
      }),
    }
    return account
  }
}

/** The ID token hint of a backchannel request names people as the client knows them. */
async function idOf(
  ctx: KoaContextWithOIDC,
  named: string,
  personOf: (ctx: KoaContextWithOIDC, subject: string) => Promise<string | undefined>,
): Promise<string> {
  const isHint = ctx.oidc?.route === 'backchannel_authentication' && 'IdTokenHint' in ctx.oidc.entities
  return (isHint ? await personOf(ctx, named) : undefined) ?? named
}

/**
 * All claims about an identity. `oidc-provider` filters them by the granted ones. An address is verified if a journey has noted
 * it in `verifiedMail`, so that a changed one is not.
 * @param fixedAttributes of the realm, which people can't change
 */
export function personalClaims(
  identity: Pick<Identity, 'userName' | 'attributes' | 'createdAt' | 'updatedAt'>,
  fixedAttributes: ReadonlySet<string> = new Set(),
): JsonObject {
  const { givenName, sn, mail, telephoneNumber, ...others } = identity.attributes
  // rule S80: otherwise people verify an address themselves
  const verified = (name: string) => (fixedAttributes.has(name) ? firstText(others[name]) : undefined)
  const [email, phone] = [firstText(mail), firstText(telephoneNumber)]
  const claims = {
    name: displayNameOf(identity),
    given_name: firstText(givenName),
    family_name: firstText(sn),
    preferred_username: identity.userName,
    locale: preferredLocales(identity)[0],
    updated_at: Math.floor((identity.updatedAt ?? identity.createdAt) / 1000),
    ...Object.fromEntries(namedClaims.map((name) => [name, firstText(others[name])])),
    picture: firstText(others.picture) ?? firstText(others.profileImage),
    email,
    email_verified: email && email === verified('verifiedMail'),
    phone_number: phone,
    phone_number_verified: phone && phone === verified('verifiedTelephoneNumber'),
    address: addressOf(others),
  }
  return withoutGaps(claims)
}

function addressOf({ postalAddress, city, stateProvince, postalCode, country }: JsonObject) {
  const address = withoutGaps({
    street_address: firstText(postalAddress),
    locality: firstText(city),
    region: firstText(stateProvince),
    postal_code: firstText(postalCode),
    country: firstText(country),
  })
  return Object.keys(address).length === 0 ? undefined : address
}

function firstText(value: unknown): string | undefined {
  return [value].flat().find((each): each is string => typeof each === 'string' && each !== '')
}

function withoutGaps(values: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject {
  const present = Object.entries(values).filter(
    (pair): pair is [string, JsonObject[string]] => pair[1] !== undefined,
  )
  return Object.fromEntries(present)
}
