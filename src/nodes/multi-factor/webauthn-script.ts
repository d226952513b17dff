import type { JsonObject } from '../../base/json.ts'

/**
 * A script for a page with an input `webAuthnOutcome` and a button `loginButton_0`. It calls the browser, fills in the
 * input and presses the button. The vendor's clients parse only its first line: the data as JSON, without anything
 * after it. They recognize a registration by `pubKeyCredParams`, which the authentication data must not contain.
 */
export function webauthnScript(ceremony: 'register' | 'signIn', data: JsonObject): string {
  // In a page, no text may end the script element.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c')
  return `var scriptContext = ${json}
;(function (context) {
${shared}
${ceremony === 'register' ? register : signIn}
  if (!window.PublicKeyCredential) return answer('unsupported');
  ask().then(
    function (parts) { answer(parts.join('::')); },
    function (error) {
      answer(error.name === 'NotSupportedError' ? 'unsupported' : 'ERROR::' + error.name + ':' + error.message);
    }
  );
})(scriptContext);
`
}

const shared = `  function answer(outcome) {
    document.getElementById('webAuthnOutcome').value = outcome;
    document.getElementById('loginButton_0').click();
  }
  function bytes(base64) {
    return Uint8Array.from(atob(base64), function (one) { return one.charCodeAt(0); });
  }
  function text(buffer) {
    return new TextDecoder().decode(buffer);
  }
  function numbers(buffer) {
    return new Int8Array(buffer).toString();
  }
  function credentials(list) {
    return list.map(function (one) { return { type: one.type, id: new Int8Array(one.id) }; });
  }`

const register = `  function ask() {
    var party = { name: context.relyingPartyName };
    if (context._relyingPartyId) party.id = context._relyingPartyId;
    return navigator.credentials.create({ publicKey: {
      rp: party,
      user: { id: new TextEncoder().encode(context.userId), name: context.userName, displayName: context.displayName },
      challenge: bytes(context.challenge),
      pubKeyCredParams: context._pubKeyCredParams,
      authenticatorSelection: context._authenticatorSelection,
      attestation: context.attestationPreference,
      excludeCredentials: credentials(context._excludeCredentials),
      timeout: Number(context.timeout),
      extensions: context.extensions
    } }).then(function (made) {
      return [text(made.response.clientDataJSON), numbers(made.response.attestationObject), made.id];
    });
  }`

const signIn = `  function ask() {
    var options = {
      challenge: bytes(context.challenge),
      allowCredentials: credentials(context._allowCredentials),
      userVerification: context.userVerification,
      timeout: Number(context.timeout),
      extensions: context.extensions
    };
    if (context._relyingPartyId) options.rpId = context._relyingPartyId;
    return navigator.credentials.get({ publicKey: options }).then(function (given) {
      var response = given.response;
      var parts = [text(response.clientDataJSON), numbers(response.authenticatorData), numbers(response.signature)];
      return parts.concat(given.id, response.userHandle ? text(response.userHandle) : []);
    });
  }`
