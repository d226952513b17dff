import type { errors, interactionPolicy, KoaContextWithOIDC } from 'oidc-provider'
import type { OauthSettings } from '../realms/oauth-settings.ts'
import type { Session } from '../sessions/session.ts'
import { allParameters, markParameter, requestOf } from './authorization-request.ts'
import { ownMetadataOf } from './client-metadata.ts'
import type { Consent } from './consent.ts'
import { journeyFor, requestedContexts, satisfiedBy } from './contexts.ts'
import { isPushed, pushAgain } from './pushed-requests.ts'
import type { SignInMarks } from './sign-in-again.ts'

export type SignInNeeds = {
  realm: string
  /** Scheme, host and context path. */
  baseUrl: string
  /** The authorization endpoint, to which the request is sent again. */
  authorizeUrl: string
  settings: Pick<OauthSettings, 'contexts'>
  marks: SignInMarks
  sessionOf(ctx: KoaContextWithOIDC): Session | undefined
}

type Library = { errors: typeof errors; interactionPolicy: typeof interactionPolicy }

/** AM's exact texts: its SDK continues with a redirect only for these. */
const mustInteract = 'The request requires some interaction that is not allowed.'
const mustConsent = 'The request requires consent.'

/** Decides when a person must sign in or give consent. Replaces the library's checks, because sessions come from journeys. */
export function signInPolicy(
  { errors, interactionPolicy: { base, Check, Prompt } }: Library,
  consent: Consent,
  needs: SignInNeeds,
): interactionPolicy.Prompt[] {
  const { sessionOf } = needs
  const policy = base()
  const login = policy.get('login')
  for (const reason of ['login_prompt', 'no_session', 'max_age', 'essential_acrs', 'essential_acr']) {
    login?.checks.remove(reason)
  }
  login?.checks.add(
    new Check(
      'sign_in',
      mustInteract,
      'interaction_required',
      (ctx) => ctx.oidc.session?.accountId === undefined || mustSignInAgain(ctx, needs),
    ),
  )
  login?.checks.add(
    new Check('context', mustInteract, 'interaction_required', (ctx) => {
      if (isContextMet(ctx, needs)) return false
      if (journeyFor(requestedContexts(ctx), needs.settings.contexts) !== undefined) return true
      throw new errors.CustomOIDCProviderError(
        'unmet_authentication_requirements',
        'The realm supports none of the requested authentication contexts',
      )
    }),
  )
  policy.remove('consent')
  policy.add(
    new Prompt(
      { name: 'consent', requestable: true },
      new Check('not_allowed', mustConsent, 'consent_required', (ctx) =>
        consent.isNeeded(ctx, sessionOf(ctx)),
      ),
    ),
  )
  policy.get('consent')?.checks.remove('consent_prompt')
  return policy
}

function mustSignInAgain(ctx: KoaContextWithOIDC, { marks, sessionOf }: SignInNeeds): boolean {
  const { oidc } = ctx
  const session = sessionOf(ctx)
  if (session === undefined) return false
  const { client_id, [markParameter]: mark } = requestOf(ctx)
  const maxAge = oidc.params?.max_age
  const isTooOld = typeof maxAge === 'string' && oidc.session?.past(Number(maxAge)) === true
  return (oidc.prompts.has('login') || isTooOld) && !marks.isFresh(mark, client_id, session)
}

/** As in AM, a context that isn't essential never forces a new sign-in. Source: "Authentication requirements". */
function isContextMet(ctx: KoaContextWithOIDC, { settings, sessionOf }: SignInNeeds): boolean {
  const requested = requestedContexts(ctx)
  if (!requested.isEssential) return true
  return satisfiedBy(sessionOf(ctx), requested, settings.contexts) !== undefined
}

/** The URL of the sign-in page, with a `goto` that repeats this request. */
export async function signInUrl(ctx: KoaContextWithOIDC, needs: SignInNeeds): Promise<string> {
  const { realm, baseUrl, authorizeUrl, settings, marks, sessionOf } = needs
  const { client_id, ui_locales = '' } = requestOf(ctx)
  const session = sessionOf(ctx)
  const { decision, csrf, ...again } = allParameters(ctx)
  const marked = { ...again, [markParameter]: marks.make(client_id, session) }
  // rule S45: otherwise the parameters of a pushed request travel through the browser
  const goto = new URLSearchParams(isPushed(ctx) ? await pushAgain(ctx, marked) : marked)
  const own = ownMetadataOf(ctx.oidc.client).journey
  const journey = journeyFor(requestedContexts(ctx), settings.contexts) ?? own
  const [locale] = ui_locales.split(' ')
  const parameters = new URLSearchParams({
    realm,
    ...(journey === undefined ? {} : { authIndexType: 'service', authIndexValue: journey }),
    ...(session === undefined ? {} : { ForceAuth: 'true' }),
    ...(locale ? { locale } : {}),
    goto: `${authorizeUrl}?${goto}`,
  })
  return `${baseUrl}/XUI/?${parameters}`
}
