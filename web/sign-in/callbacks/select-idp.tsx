import { useEffect, useRef } from 'react'
import { Button } from '../components/button.tsx'
import { parsedUrl } from '../flow/landing-page.ts'
import { contrast } from '../layout/colour.ts'
import { isOnlyQuestion } from '../step/heading.ts'
import { inputName } from '../step/inputs.ts'
import { local, type Provider, providersOf } from '../step/providers.ts'
import { type CallbackProps, useGate, useStepForm } from '../step/step-form.ts'
import { fill, useWords } from '../translations/words.tsx'

/** A button for each identity provider. Beside a user name and password, the page's own button means signing in here. */
export default function SelectIdP({ callback }: CallbackProps) {
  const words = useWords()
  const { step, isBusy, send } = useStepForm()
  const providers = providersOf(callback)
  const hasLocal = providers.some(({ provider }) => provider === local)
  const isAlone = isOnlyQuestion(step)
  const choose = (provider: string) => send({ [inputName(callback)]: provider }, true)
  useGate(() => (hasLocal && !isAlone ? { [inputName(callback)]: local } : {}))
  return (
    <div className="sheet-actions">
      {!isAlone && <p className="providers-or">{words.or}</p>}
      {providers
        .filter(({ provider }) => provider !== local)
        .map((provider) => (
          <ProviderButton key={provider.provider} provider={provider} onPress={choose} />
        ))}
      {hasLocal && isAlone && (
        <Button isBusy={isBusy} onClick={() => choose(local)}>
          {words.locally}
        </Button>
      )}
    </div>
  )
}

/** A provider may dress its button, as far as it stays readable. */
function ProviderButton({ provider, onPress }: { provider: Provider; onPress(provider: string): void }) {
  const words = useWords()
  const { isBusy } = useStepForm()
  const place = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const button = place.current?.closest('button')
    if (button && provider.style !== undefined) dress(button, provider.style)
  }, [provider])
  const picture = provider.image === undefined ? undefined : parsedUrl(provider.image)
  return (
    <Button isBusy={isBusy} onClick={() => onPress(provider.provider)}>
      {picture?.protocol === 'https:' && <img className="providers-picture" src={picture.href} alt="" />}
      <span ref={place}>{fill(words.withProvider, { name: provider.name })}</span>
    </Button>
  )
}

/** Three colours out of the style that the realm wrote, set one by one: a style text is never used as such. */
function dress(button: HTMLElement, style: string): void {
  const wanted = new Option().style
  wanted.cssText = style
  const { backgroundColor, color, borderColor } = wanted
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
