import './app-registration.css'
import { QrTile } from '../../design/qr-tile.tsx'
import { parsedUrl } from '../flow/landing-page.ts'
import { useWords } from '../translations/words.tsx'

/** The key of a sign-in app: as a picture to scan, as a text to type, and as a link for who reads this on that phone. */
export default function AppRegistration({ uri }: { uri: string }) {
  const words = useWords()
  const key = parsedUrl(uri)?.searchParams.get('secret') ?? ''
  return (
    <div className="app-registration">
      <div className="app-registration-tile">
        <QrTile text={uri} label={words.qr} />
      </div>
      {key !== '' && (
        <details>
          <summary>{words.cannotScan}</summary>
          <p className="sheet-small">{words.typeKey}</p>
          <p className="app-registration-key">{(key.match(/.{1,4}/g) ?? []).join(' ')}</p>
        </details>
      )}
      <a className="button plain" href={uri}>
        {words.openApp}
      </a>
    </div>
  )
}
