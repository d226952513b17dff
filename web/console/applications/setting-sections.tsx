import { SettingField } from '../form/fields/setting-field.tsx'
import type { Draft } from '../saving/use-draft.ts'
import { clientSettings, type SettingName, settingPath, settingValue, textValue } from './client-settings.ts'

type FieldProps = { draft: Draft; name: SettingName }

/** The field of a setting. An emptied lifetime is 0, which means the default of the realm. */
export function ClientField({ draft: { document, set }, name }: FieldProps) {
  const setting = { description: '', propertyOrder: 0, ...clientSettings[name] }
  const isNumber = 'minimum' in setting
  const value = settingValue(document, name) ?? (isNumber ? 0 : undefined)
  return (
    <SettingField
      name={name}
      setting={setting}
      value={value}
      isRequired={false}
      error={undefined}
      onDone={() => {}}
      onChange={(next) => set(settingPath(document, name), next ?? (isNumber ? 0 : undefined))}
    />
  )
}

function Fields({ draft, names }: { draft: Draft; names: readonly SettingName[] }) {
  return names.map((name) => <ClientField key={name} draft={draft} name={name} />)
}

/** Redirects, scopes and consent. */
export function SignInSection({ draft }: { draft: Draft }) {
  const isPublic = textValue(draft.document, 'type') === 'Public'
  return (
    <section aria-label="Sign-in">
      <h2 className="heading-2">Sign-in</h2>
      <Fields
        draft={draft}
        names={['redirectUris', 'signedOutUris', 'scopes', 'defaultScopes', 'acrValues']}
      />
      {!isPublic && <Fields draft={draft} names={['requirePkce', 'isFapi']} />}
      <ClientField draft={draft} name="bindsTokens" />
      <ClientField draft={draft} name="isConsentImplied" />
    </section>
  )
}

/** Backchannel authentication (CIBA). */
export function CibaSection({ draft }: { draft: Draft }) {
  const isPing = textValue(draft.document, 'deliveryMode', 'poll') === 'ping'
  return (
    <section aria-label="Backchannel authentication">
      <h2 className="heading-2">Backchannel authentication</h2>
      <ClientField draft={draft} name="deliveryMode" />
      {isPing && <ClientField draft={draft} name="notificationEndpoint" />}
      <ClientField draft={draft} name="isUserCodeRequired" />
    </section>
  )
}

/** Lifetimes of codes and tokens. */
export function LifetimeSection({ draft }: { draft: Draft }) {
  return (
    <section aria-label="Lifetimes">
      <h2 className="heading-2">Lifetimes</h2>
      <p>0 uses the default of the realm.</p>
      <Fields draft={draft} names={['codeSeconds', 'accessTokenSeconds', 'refreshTokenSeconds']} />
    </section>
  )
}
