import { useState } from 'react'
import type { Device } from '../../api/devices.ts'
import { Button } from '../components/button.tsx'
import { cleanText } from '../messages/clean-text.ts'
import { fill, type Texts } from '../translations/texts.tsx'
import { momentOf } from './moment.ts'

type DevicesProps = {
  devices: readonly Device[]
  language: string
  texts: Texts['sessionsPage']
  /** @returns whether it succeeded. */
  remove(device: Device): Promise<boolean>
  onDone(text: string): void
}

/** The person's second factors, bound devices and device profiles. */
export function OwnDevices({ devices, language, texts, remove, onDone }: DevicesProps) {
  const [asked, setAsked] = useState('')
  const removeNow = async (device: Device) => {
    setAsked('')
    if (await remove(device)) onDone(fill(texts.removed, { name: nameOf(device, texts) }))
  }
  return (
    <section className="own-section" aria-labelledby="own-devices">
      <h2 id="own-devices">{texts.devices}</h2>
      {devices.length === 0 && <p className="sheet-small">{texts.noDevices}</p>}
      <ul className="own-list">
        {devices.map((device) => (
          <DeviceItem
            key={`${device.kind} ${device.id}`}
            {...{ device, language, texts }}
            isAsked={asked === `${device.kind} ${device.id}`}
            onAsk={(isAsked) => setAsked(isAsked ? `${device.kind} ${device.id}` : '')}
            onRemove={() => void removeNow(device)}
          />
        ))}
      </ul>
    </section>
  )
}

type ItemProps = {
  device: Device
  language: string
  texts: Texts['sessionsPage']
  isAsked: boolean
  onAsk(isAsked: boolean): void
  onRemove(): void
}

function DeviceItem({ device, language, texts, isAsked, onAsk, onRemove }: ItemProps) {
  const name = nameOf(device, texts)
  const kind = kindOf(device, texts)
  return (
    <li>
      <div className="own-about">
        <b>
          <bdi>{name}</bdi>
        </b>
        {detailsOf(device, texts, language, name === kind ? [] : [kind]).map((detail) => (
          <small key={detail}>{detail}</small>
        ))}
      </div>
      {isAsked ? (
        <fieldset className="own-question">
          <legend>{fill(texts.removeQuestion, { name })}</legend>
          <Button kind="deny" onClick={onRemove}>
            {texts.remove}
          </Button>
          <Button autoFocus onClick={() => onAsk(false)}>
            {texts.cancel}
          </Button>
        </fieldset>
      ) : (
        <Button kind="quiet" aria-label={fill(texts.removeNamed, { name })} onClick={() => onAsk(true)}>
          {texts.remove}
        </Button>
      )}
    </li>
  )
}

function detailsOf(
  { createdAt, usedAt, codesLeft }: Device,
  texts: Texts['sessionsPage'],
  language: string,
  first: readonly string[],
): string[] {
  return [
    ...first,
    ...(createdAt > 0 ? [fill(texts.added, { time: momentOf(createdAt, language) })] : []),
    ...(usedAt > 0 ? [fill(texts.lastUsed, { time: momentOf(usedAt, language) })] : []),
    ...(codesLeft > 0 ? [fill(texts.codesLeft, { count: codesLeft.toLocaleString(language) })] : []),
  ]
}

function kindOf({ kind }: Device, texts: Texts['sessionsPage']): string {
  switch (kind) {
    case '2fa/webauthn':
      return texts.webauthn
    case '2fa/oath':
      return texts.oath
    case '2fa/push':
      return texts.push
    case '2fa/binding':
      return texts.binding
    case 'profile':
      return texts.profile
  }
}

function nameOf(device: Device, texts: Texts['sessionsPage']): string {
  return cleanText(device.name, 100) || kindOf(device, texts)
}
