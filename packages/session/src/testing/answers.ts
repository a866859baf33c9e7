import { referencePolicy, type Command, type ItemName } from '@holdfast/protocol';

/** Proper answers to every item; two of them are nobody's to give. */
export const ANSWERS: Readonly<Record<ItemName, Extract<Command, { type: 'item.answer' }>>> = {
  callBackNumber: {
    type: 'item.answer',
    item: 'callBackNumber',
    answer: 'confirmed',
    flags: { safeToRing: true, safeToLeaveMessage: false, isOwnNumber: true },
  },
  location: { type: 'item.answer', item: 'location', answer: 'confirmed' },
  consent: {
    type: 'item.answer',
    item: 'consent',
    answer: 'confirmed',
    textVersion: referencePolicy.texts.consent,
    flags: { ladderExplained: true },
  },
  device: {
    type: 'item.answer',
    item: 'device',
    answer: 'confirmed',
    flags: { hasCamera: true, hasMicrophone: true },
  },
  practitionerPrivacy: {
    type: 'item.answer',
    item: 'practitionerPrivacy',
    answer: 'confirmed',
    flags: { alone: true },
  },
  identity: { type: 'item.answer', item: 'identity', answer: 'confirmed', method: 'nameAndBirthDate' },
  clientPrivacy: {
    type: 'item.answer',
    item: 'clientPrivacy',
    answer: 'confirmed',
    flags: { alone: true, freeToSpeak: true },
  },
  locationConfirmed: { type: 'item.answer', item: 'locationConfirmed', answer: 'confirmed' },
  emergencyContact: {
    type: 'item.answer',
    item: 'emergencyContact',
    answer: 'confirmed',
    flags: { agreedWhileAlone: true },
  },
  backUpChannel: {
    type: 'item.answer',
    item: 'backUpChannel',
    answer: 'confirmed',
    flags: { usesVoice: true, isSafeChannel: true },
  },
  limits: {
    type: 'item.answer',
    item: 'limits',
    answer: 'confirmed',
    textVersion: referencePolicy.texts.limits,
  },
  signal: {
    type: 'item.answer',
    item: 'signal',
    answer: 'confirmed',
    flags: { hasSafeWord: false, hasGesture: true, hasSoftwareSignal: false },
  },
  preferences: {
    type: 'item.answer',
    item: 'preferences',
    answer: 'confirmed',
    flags: { askedResources: true, askedSkills: true },
    way: 'video',
    reviewOn: '2026-06-01',
  },
  suitability: {
    type: 'item.answer',
    item: 'suitability',
    answer: 'confirmed',
    flags: { isEligible: true, hasAccess: true, canEngage: true },
  },
  guardianConsent: {
    type: 'item.answer',
    item: 'guardianConsent',
    answer: 'confirmed',
    flags: { guardianWasVerified: true },
  },
  localRoute: { type: 'item.answer', item: 'localRoute', answer: 'confirmed' },
  // Nobody answers these: refused from everybody. A test of a route and the host's claims settle them.
  escalationRoute: { type: 'item.answer', item: 'escalationRoute', answer: 'confirmed' },
  competency: { type: 'item.answer', item: 'competency', answer: 'confirmed' },
};
