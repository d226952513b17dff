import type { ReactNode } from 'react'
import type { ThemeColours } from '../../../api/appearance.ts'
import { noticeTexts } from '../../../check-model/callers-notice.ts'

/** What the pages show besides colours. */
export type PreviewedBrand = {
  organisation: string
  logo: string
  logoHeight: number
  backgroundImage: string
}

type Props = { title: string; colours: ThemeColours; brand: PreviewedBrand }

/** A small, static picture of the sign-in page and of the first page of a caller's link, in the theme's colours. */
export function SignInPreview({ title, colours, brand }: Props) {
  const { primary, onPrimary, background, onBackground, surface, text, link } = colours
  const sheet = { colours, brand }
  return (
    <figure className="sheet-preview" data-scheme={title}>
      <figcaption className="fine">{title}</figcaption>
      <div
        className="porch stack gap-4"
        style={{
          backgroundColor: background,
          color: onBackground,
          backgroundImage: imageOf(brand.backgroundImage),
        }}
      >
        <PreviewedSheet {...sheet} page="sign-in" heading="Sign in">
          <span>Username</span>
          <span className="input" />
          <span className="button medium text-center" style={{ background: primary, color: onPrimary }}>
            Continue
          </span>
          <span className="link" style={{ color: link }}>
            Forgot password?
          </span>
        </PreviewedSheet>
        <PreviewedSheet {...sheet} page="caller" heading={noticeTexts.onThePhone}>
          <span>{noticeTexts.asksUnnamed.replace('{organisation}', () => brand.organisation)}</span>
          <span className="button medium text-center" style={{ background: text, color: surface }}>
            {noticeTexts.notMe}
          </span>
          <span className="button medium text-center" style={{ background: primary, color: onPrimary }}>
            {noticeTexts.continue}
          </span>
        </PreviewedSheet>
      </div>
    </figure>
  )
}

type SheetProps = {
  page: 'sign-in' | 'caller'
  heading: string
  colours: ThemeColours
  brand: PreviewedBrand
  children: ReactNode
}

function PreviewedSheet({ page, heading, colours, brand, children }: SheetProps) {
  const { organisation, logo, logoHeight } = brand
  return (
    <div
      className="sheet stack gap-2 text-note breaks"
      data-page={page}
      style={{ background: colours.surface, color: colours.text }}
    >
      {logo === '' ? (
        <strong>
          <bdi>{organisation}</bdi>
        </strong>
      ) : (
        <img src={logo} alt={organisation} style={{ blockSize: Math.min(logoHeight, 80) }} />
      )}
      <span className="head heading-2" style={{ color: colours.title }}>
        {heading}
      </span>
      {children}
    </div>
  )
}

/** Set as one property of a style, so the URL can't add others. */
function imageOf(url: string): string | undefined {
  return url === '' ? undefined : `url("${url.replace(/["\\\n]/g, '')}")`
}
