/**
 * German: the check page, the list of checks and the timeline. These texts exist, and the other languages must have the
 * same.
 *
 * One word for each thing, at the desk in all files of texts (German · Spanish · French · Arabic):
 * - check: Prüfung · comprobación · vérification · تحقق
 * - caller: die anrufende Person · la persona que llama · la personne qui appelle · المتصل
 * - agent: Agent · agente · agent · موظف. A second agent: zweiter Agent · segundo agente · second agent · موظف ثانٍ
 * - lead: Leitung · supervisor · superviseur · مشرف. Team: Team · equipo · équipe · الفريق
 * - colleague: jemand aus dem Team · un compañero · un collègue · زميل
 * - client (a program): ein Programm · un programa · un programme · برنامج
 * - verified: Identität bestätigt · identidad verificada · identité vérifiée · تم التحقق من الهوية
 * - not verified: Identität nicht bestätigt · identidad no verificada · identité non vérifiée · لم يتم التحقق من الهوية
 * - "This is not me": Das bin ich nicht · No soy yo · Ce n’est pas moi · لست أنا (as on the caller's page)
 * - request (of the caller): Anliegen · petición · demande · طلب. To act on it: ausführen · atender · donner suite · نفّذ
 * - reason, ticket, reference: Grund, Ticket, Referenz · motivo, incidencia, referencia · motif, ticket, référence ·
 *   السبب, التذكرة, المرجع
 * - result: Ergebnis · resultado · résultat · النتيجة. To withdraw: zurückziehen · retirar · retirer · سحب
 * - to cancel: abbrechen · cancelar · annuler · ألغى. To use: verwenden · usar · utiliser · استخدم
 * - to offer, to take over: anbieten, übernehmen · ofrecer, hacerse cargo · proposer, reprendre · عرض, تولّى
 * - to vouch: bürgen · responder por · se porter garant · ضمن
 * - approval, to approve: Freigabe, freigeben · aprobación, aprobar · approbation, approuver · الموافقة, وافق
 * - link, code: Link, Code · enlace, código · lien, code · الرابط, الرمز
 * - short code, short address: Kurzcode, Kurzadresse · código corto, dirección corta · code court, adresse courte ·
 *   الرمز القصير, العنوان القصير
 * - factor, policy: Faktor, Richtlinie · factor, política · facteur, politique · عامل, سياسة
 * - attack: Angriff · ataque · attaque · هجوم. Pause: Pause · pausa · pause · إيقاف مؤقت
 * - desk: Helpdesk · Servicio de ayuda · Service d’assistance · مكتب المساعدة
 * - history, wall, numbers: Verlauf, Übersicht, Zahlen · historial, panel, cifras · historique, tableau, chiffres ·
 *   السجل, اللوحة, الأرقام. Record: Protokoll · informe · compte rendu · المحضر
 */
export const check = {
  '{count} tries left': { one: 'Noch {count} Versuch', other: 'Noch {count} Versuche' },
} as const
