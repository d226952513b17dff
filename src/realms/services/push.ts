import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { missingSecretOf, type PushGateway } from '../messaging-settings.ts'
import type { RealmSettings } from '../realm.ts'
import { withStoredSecrets } from '../sealed-realms.ts'
import { checkedService, merged, type RealmService, withoutNulls } from './realm-service.ts'

type Sns = Extract<PushGateway, { provider: 'sns' }>

const schema = z.object({
  accessKey: z.string().default(''),
  appleEndpoint: z.string().default(''),
  googleEndpoint: z.string().default(''),
  region: z.string(),
})

const usualRegion = 'us-east-1'

/**
 * The push gateway as the vendor's service, which knows only Amazon SNS. Without an access key, or with one whose secret is
 * missing, it changes no other kind of gateway. Source: "PushNotification" of the entity reference.
 */
export const pushService: RealmService = {
  id: 'pushNotification',
  name: 'Push Notification Service',
  show: ({ messaging: { push } }) => (push?.provider === 'sns' ? shown(push) : { region: usualRegion }),
  showAll: ({ messaging: { push } }) => shown(push?.provider === 'sns' ? push : undefined),
  apply(settings, body) {
    const parsed = schema.safeParse(merged(pushService.show(settings), withoutNulls(body)))
    if (!parsed.success) return { error: parsed.error }
    const { messaging } = settings
    const { accessKey, region, ...endpoints } = parsed.data
    if (accessKey === '')
      return { settings: { ...settings, messaging: { ...messaging, push: withoutSns(messaging.push) } } }
    const push: Sns = {
      provider: 'sns',
      ...endpoints,
      accessKeyId: accessKey,
      secretAccessKey: secretIn(body),
      region: region || usualRegion,
      baseUrl: messaging.push?.provider === 'sns' ? messaging.push.baseUrl : '',
    }
    const kept = withStoredSecrets({ ...messaging, push }, messaging)
    if (missingSecretOf(kept.push) !== undefined) return { error: withoutSecret() }
    return checkedService(settings, { ...settings, messaging: kept })
  },
}

/** Exports have no secrets: without one, the gateway that the realm has must stay. */
function withoutSecret(): z.ZodError {
  const message = 'must be the secret of the access key, which exports leave out: enter it to use Amazon SNS'
  return new z.ZodError([{ code: 'custom', path: ['secret'], message, input: null }])
}

/** A variable is not read here, and keeps the stored secret as an omitted one does. */
function secretIn({ secret }: JsonObject): string | null {
  return typeof secret === 'string' && !secret.startsWith('&{') && !/^\*+$/.test(secret) ? secret : null
}

/** The secret is never returned. */
function shown(push: Sns | undefined): JsonObject {
  return {
    accessKey: push?.accessKeyId ?? '',
    secret: null,
    appleEndpoint: push?.appleEndpoint ?? '',
    googleEndpoint: push?.googleEndpoint ?? '',
    region: push?.region ?? usualRegion,
  }
}

function withoutSns(push: RealmSettings['messaging']['push']) {
  return push?.provider === 'sns' ? null : push
}
