import type { Words } from '../../words/words.js';

export type CheckWord =
  | 'noSave'
  | 'notText'
  | 'notJson'
  | 'notList'
  | 'empty'
  | 'noQuestion'
  | 'noHandler'
  | 'noParams'
  | 'badGoto'
  | 'executeHandlers'
  | 'unknownHandler'
  | 'notRun'
  | 'unknownExit';

/** Names of callbacks, handlers and keys are those of the widget interface, the same in every language. */
export const checkWords: Words<CheckWord> = {
  en: {
    noSave: 'The integration has no onSalesbotDesignerSave callback, so the step cannot be saved.',
    notText: 'onSalesbotDesignerSave has to return JSON text; it returned {came}.',
    notJson: 'The returned text is not JSON: {reason}',
    notList: 'A list of steps was expected, [{"question": […]}], not {came}.',
    empty: 'The list has no steps, so the bot would do nothing.',
    noQuestion: 'Step {step}: a list of handlers was expected in "question".',
    noHandler: 'Step {step}: entry {handler} of "question" has no "handler".',
    noParams: 'Step {step}: "params" of {handler} has to be an object.',
    badGoto: 'Step {step}: goto leads to step {target}, which is not in the list.',
    executeHandlers: 'execute_handlers has no effect here: put the handlers into "question".',
    unknownHandler: 'Step {step}: {handler} is no handler that is known here, so a run will stop at it.',
    notRun: 'The sandbox does not run {handler}: a run will stop at it.',
    unknownExit: 'Step {step}: the exit "{exit}" is not among those that salesbotDesignerSettings named.',
  },
  es: {
    noSave:
      'La integración no tiene el callback onSalesbotDesignerSave, por lo que el paso no se puede guardar.',
    notText: 'onSalesbotDesignerSave debe devolver un texto JSON; devolvió {came}.',
    notJson: 'El texto devuelto no es JSON: {reason}',
    notList: 'Se esperaba una lista de pasos, [{"question": […]}], no {came}.',
    empty: 'La lista no tiene pasos, así que el bot no haría nada.',
    noQuestion: 'Paso {step}: se esperaba una lista de handlers en "question".',
    noHandler: 'Paso {step}: la entrada {handler} de "question" no tiene "handler".',
    noParams: 'Paso {step}: "params" de {handler} debe ser un objeto.',
    badGoto: 'Paso {step}: goto lleva al paso {target}, que no está en la lista.',
    executeHandlers: 'execute_handlers no tiene efecto aquí: ponga los handlers en "question".',
    unknownHandler: 'Paso {step}: {handler} no es un handler conocido aquí; la ejecución se detendrá ahí.',
    notRun: 'El sandbox no ejecuta {handler}: la ejecución se detendrá ahí.',
    unknownExit: 'Paso {step}: la salida "{exit}" no está entre las que nombró salesbotDesignerSettings.',
  },
  pt: {
    noSave: 'A integração não tem o callback onSalesbotDesignerSave, por isso o passo não pode ser salvo.',
    notText: 'onSalesbotDesignerSave deve retornar um texto JSON; retornou {came}.',
    notJson: 'O texto retornado não é JSON: {reason}',
    notList: 'Era esperada uma lista de passos, [{"question": […]}], não {came}.',
    empty: 'A lista não tem passos, então o bot não faria nada.',
    noQuestion: 'Passo {step}: era esperada uma lista de handlers em "question".',
    noHandler: 'Passo {step}: o item {handler} de "question" não tem "handler".',
    noParams: 'Passo {step}: "params" de {handler} deve ser um objeto.',
    badGoto: 'Passo {step}: goto leva ao passo {target}, que não está na lista.',
    executeHandlers: 'execute_handlers não tem efeito aqui: coloque os handlers em "question".',
    unknownHandler: 'Passo {step}: {handler} não é um handler conhecido aqui; a execução vai parar nele.',
    notRun: 'O sandbox não executa {handler}: a execução vai parar nele.',
    unknownExit: 'Passo {step}: a saída "{exit}" não está entre as que salesbotDesignerSettings informou.',
  },
  tr: {
    noSave: 'Entegrasyonun onSalesbotDesignerSave geri çağrısı yok; bu yüzden adım kaydedilemez.',
    notText: 'onSalesbotDesignerSave bir JSON metni döndürmelidir; {came} döndürdü.',
    notJson: 'Döndürülen metin JSON değil: {reason}',
    notList: 'Adımların listesi, [{"question": […]}], bekleniyordu; {came} geldi.',
    empty: 'Listede adım yok; bot hiçbir şey yapmaz.',
    noQuestion: 'Adım {step}: "question" içinde handler listesi bekleniyordu.',
    noHandler: 'Adım {step}: "question" içindeki {handler}. öğede "handler" yok.',
    noParams: 'Adım {step}: {handler} için "params" bir nesne olmalıdır.',
    badGoto: 'Adım {step}: goto, listede olmayan {target} adımına gidiyor.',
    executeHandlers: 'execute_handlers burada etkisizdir: handler’ları "question" içine koyun.',
    unknownHandler: 'Adım {step}: {handler} burada bilinen bir handler değil; çalıştırma orada durur.',
    notRun: 'Sandbox {handler} çalıştırmaz: çalıştırma orada durur.',
    unknownExit: 'Adım {step}: "{exit}" çıkışı, salesbotDesignerSettings’in bildirdikleri arasında yok.',
  },
  id: {
    noSave:
      'Integrasi ini tidak memiliki callback onSalesbotDesignerSave, jadi langkahnya tidak dapat disimpan.',
    notText: 'onSalesbotDesignerSave harus mengembalikan teks JSON; yang dikembalikan {came}.',
    notJson: 'Teks yang dikembalikan bukan JSON: {reason}',
    notList: 'Yang diharapkan daftar langkah, [{"question": […]}], bukan {came}.',
    empty: 'Daftar itu tidak berisi langkah, jadi bot tidak akan melakukan apa pun.',
    noQuestion: 'Langkah {step}: daftar handler diharapkan di "question".',
    noHandler: 'Langkah {step}: entri {handler} dari "question" tidak memiliki "handler".',
    noParams: 'Langkah {step}: "params" dari {handler} harus berupa objek.',
    badGoto: 'Langkah {step}: goto menuju langkah {target}, yang tidak ada dalam daftar.',
    executeHandlers: 'execute_handlers tidak berpengaruh di sini: taruh handler di "question".',
    unknownHandler:
      'Langkah {step}: {handler} bukan handler yang dikenal di sini; eksekusi akan berhenti di situ.',
    notRun: 'Sandbox tidak menjalankan {handler}: eksekusi akan berhenti di situ.',
    unknownExit:
      'Langkah {step}: jalan keluar "{exit}" tidak termasuk yang disebut salesbotDesignerSettings.',
  },
  ru: {
    noSave: 'У интеграции нет колбэка onSalesbotDesignerSave, поэтому шаг нельзя сохранить.',
    notText: 'onSalesbotDesignerSave должен вернуть текст JSON, а вернул {came}.',
    notJson: 'Возвращённый текст не JSON: {reason}',
    notList: 'Ожидался список шагов, [{"question": […]}], а не {came}.',
    empty: 'В списке нет шагов: бот ничего не сделает.',
    noQuestion: 'Шаг {step}: в "question" ожидался список обработчиков.',
    noHandler: 'Шаг {step}: у элемента {handler} в "question" нет "handler".',
    noParams: 'Шаг {step}: "params" у {handler} должен быть объектом.',
    badGoto: 'Шаг {step}: goto ведёт к шагу {target}, которого нет в списке.',
    executeHandlers: 'execute_handlers здесь не действует: поместите обработчики в "question".',
    unknownHandler: 'Шаг {step}: обработчик {handler} здесь неизвестен, запуск на нём остановится.',
    notRun: 'Песочница не выполняет {handler}: запуск на нём остановится.',
    unknownExit: 'Шаг {step}: выхода "{exit}" нет среди тех, что назвал salesbotDesignerSettings.',
  },
};
