import './app-registration.css'
import { QrTile } from '../../design/qr-tile.tsx'
import { parseUrl } from '../flow/urls.ts'
import { useTexts } from '../translations/texts.tsx'

/** Registers an authenticator app: QR code, key to type, and a link for people who read this on their phone. */
export default function AppRegistration({ uri }: { uri: string }) {
  const texts = useTexts()
  const key = parseUrl(uri)?.searchParams.get('secret') ?? ''
  return (
    <div className="app-registration">
      <div className="app-registration-tile">
        <QrTile text={uri} label={texts.qr} />
      </div>
      {key !== '' && (
        <details>
          <summary>{texts.cannotScan}</summary>
          <p className="sheet-small">{texts.typeKey}</p>
          <p className="app-registration-key">{(key.match(/.{1,4}/g) ?? []).join(' ')}</p>
        </details>
      )}
      <a className="button plain" href={uri}>
        {texts.openApp}
      </a>
    </div>
  )
}
