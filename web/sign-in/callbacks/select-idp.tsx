import { useEffect, useRef } from 'react'
import { Button } from '../components/button.tsx'
import { parseUrl } from '../flow/urls.ts'
import { contrast } from '../layout/colour.ts'
import { isOnlyQuestion } from '../step/heading.ts'
import { inputName } from '../step/inputs.ts'
import { localProvider, type Provider, providersOf } from '../step/providers.ts'
import { type CallbackProps, useStepForm, useSubmitGuard } from '../step/step-form.ts'
import { fill, useTexts } from '../translations/texts.tsx'

/** A button for each identity provider. The page's submit button signs in with username and password. */
export default function SelectIdP({ callback }: CallbackProps) {
  const texts = useTexts()
  const { step, isBusy, send } = useStepForm()
  const providers = providersOf(callback)
  const hasLocal = providers.some(({ provider }) => provider === localProvider)
  const isAlone = isOnlyQuestion(step)
  const choose = (provider: string) => send({ [inputName(callback)]: provider }, true)
  useSubmitGuard(() => (hasLocal && !isAlone ? { [inputName(callback)]: localProvider } : {}))
  return (
    <div className="sheet-actions">
      {!isAlone && <p className="providers-or">{texts.or}</p>}
      {providers
        .filter(({ provider }) => provider !== localProvider)
        .map((provider) => (
          <ProviderButton key={provider.provider} provider={provider} onPress={choose} />
        ))}
      {hasLocal && isAlone && (
        <Button isBusy={isBusy} onClick={() => choose(localProvider)}>
          {texts.locally}
        </Button>
      )}
    </div>
  )
}

/** Applies the provider's style as long as the button stays readable. */
function ProviderButton({ provider, onPress }: { provider: Provider; onPress(provider: string): void }) {
  const texts = useTexts()
  const { isBusy } = useStepForm()
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const button = place.current?.closest('button')
    if (button && provider.style !== undefined) applyStyle(button, provider.style)
  }, [provider])
  const picture = provider.image === undefined ? undefined : parseUrl(provider.image)
  return (
    <Button isBusy={isBusy} onClick={() => onPress(provider.provider)}>
      {picture?.protocol === 'https:' && <img className="providers-picture" src={picture.href} alt="" />}
      <span ref={place}>{fill(texts.withProvider, { name: provider.name })}</span>
    </Button>
  )
}

/** Copies three colours from the configured style. Other declarations are never applied. */
function applyStyle(button: HTMLElement, style: string): void {
  const configured = new Option().style
  configured.cssText = style
  const { backgroundColor, color, borderColor } = configured
  const before = { backgroundColor: '', color: '', borderColor: '' }
  Object.assign(button.style, { backgroundColor, color, borderColor })
  const shown = getComputedStyle(button)
  const [ground, ink] = [hexOf(shown.backgroundColor), hexOf(shown.color)]
  if (ground === undefined || ink === undefined || contrast(ground, ink) < 4.5)
    Object.assign(button.style, before)
}

function hexOf(colour: string): string | undefined {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)?.slice(1)
  return channels && `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`
}
