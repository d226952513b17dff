import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { FieldErrors } from '../components/field.tsx'
import { NoticeBox } from '../components/notice.tsx'
import { parseUrl } from '../flow/urls.ts'
import { cleanText } from '../messages/clean-text.ts'
import type { Values } from '../step/inputs.ts'
import { useSubmitGuard } from '../step/step-form.ts'
import { fill, useTexts } from '../translations/texts.tsx'
import { useCaptcha } from './use-captcha.ts'

/** The action name for services that give a score. */
export const captchaAction = 'sign_in'

type CaptchaProps = {
  id: string
  url: string
  siteKey: string
  isInvisible: boolean
  /** Input values for the service's token, or for none. Undefined prevents sending. */
  valuesOf(token: string | undefined): Values | undefined
}

/** A CAPTCHA, or the reason why it cannot be shown. */
export function Captcha({ id, url, siteKey, isInvisible, valuesOf }: CaptchaProps) {
  const texts = useTexts()
  const { place, token, hasFailed, isOpen, score, tryAgain } = useCaptcha({ url, siteKey, isInvisible })
  const [isMissing, setIsMissing] = useState(false)
  useSubmitGuard(async () => {
    const answer = isInvisible ? await score(captchaAction).catch(() => '') : token
    const values = valuesOf(answer || undefined)
    setIsMissing(values === undefined)
    return values
  })
  if (!isOpen) {
    const host = cleanText(parseUrl(url)?.host ?? url, 80)
    return <NoticeBox tone="bad">{fill(texts.captchaUnknown, { host })}</NoticeBox>
  }
  return (
    <div className="field">
      <div ref={place} id={id} />
      {hasFailed && (
        <NoticeBox tone="bad" role="alert">
          <p>{texts.captchaFailed}</p>
          <Button kind="quiet" onClick={tryAgain}>
            {texts.again}
          </Button>
        </NoticeBox>
      )}
      <FieldErrors
        id={`${id}-errors`}
        errors={isMissing && !token && !hasFailed ? [texts.captchaFirst] : []}
      />
    </div>
  )
}
