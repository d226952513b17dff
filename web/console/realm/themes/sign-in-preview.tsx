import type { ThemeColours } from '../../../api/appearance.ts'

type Props = { title: string; colours: ThemeColours; organisation: string; logo: string; logoHeight: number }

/** A small, static picture of a sign-in page in the theme's colours. */
export function SignInPreview({ title, colours, organisation, logo, logoHeight }: Props) {
  const { primary, onPrimary, background, onBackground, surface, text, title: head, link } = colours
  return (
    <figure className="sheet-preview" data-scheme={title}>
      <figcaption>{title}</figcaption>
      <div className="porch" style={{ background, color: onBackground }}>
        <div className="sheet" style={{ background: surface, color: text }}>
          {logo === '' ? (
            <strong>
              <bdi>{organisation}</bdi>
            </strong>
          ) : (
            <img src={logo} alt={organisation} style={{ blockSize: Math.min(logoHeight, 80) }} />
          )}
          <span className="head" style={{ color: head }}>
            Sign in
          </span>
          <span>Username</span>
          <span className="input" />
          <span className="button" style={{ background: primary, color: onPrimary }}>
            Continue
          </span>
          <span className="link" style={{ color: link }}>
            Forgot password?
          </span>
        </div>
      </div>
    </figure>
  )
}
