-- What reads as a plain YES, in the five languages together. A text counts only when all of it is in these lists:
-- a no, a doubt, a question, a number or anything else that is not here makes it no YES. shared/concierge/consent.ts
-- reads the same lists; a test keeps the two equal.

create function private.yes_words()
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
    return string_to_array(
        'yes,yess,yea,yeah,yep,yup,ya,yas,aye,y,ok,okay,okey,oki,k,sure,of course,certainly,absolutely,'
            || 'definitely,perfect,great,excellent,wonderful,awesome,lovely,fine,works,deal,agree,agreed,correct,'
            || 'accepted,confirm,confirmed,alright,all right,go ahead,go for it,do it,lets do it,lets go,please do,'
            || 'yes do,yes i do,yes we do,yes you can,i confirm,i agree,i accept,why not,sounds good,looks good,'
            || 'thats good,that is good,its good,it is good,that will do,id love to,i would love to,wed love to,'
            || 'we would love to,id like that,i would like that,ja,jaa,jo,joo,jep,jup,jawohl,jawoll,klar,na klar,'
            || 'aber klar,aber ja,sicher,naturlich,naturlich gerne,natuerlich,auf jeden fall,gerne,gern,aber gerne,'
            || 'passt,das passt,einverstanden,genau,perfekt,prima,wunderbar,ausgezeichnet,in ordnung,geht klar,'
            || 'abgemacht,machen wir,bestatigt,bestatige,ich bestatige,bestaetigt,bestaetige,ich bestaetige,oke,oui,'
            || 'ouii,ouais,bien sur,volontiers,avec plaisir,daccord,d accord,ca marche,ca me va,cela me va,'
            || 'ca me convient,cela me convient,parfait,tres bien,entendu,absolument,exact,je confirme,confirme,'
            || 'confirmez,je valide,cest bon,allez y,vas y,si,sii,certo,certo che si,certamente,va bene,va benissimo,'
            || 'mi va bene,perfetto,daccordo,volentieri,assolutamente,confermo,conferma,confermato,benissimo,ottimo,'
            || 'esatto,ci sto,proceda,procedi,claro,claro que si,vale,de acuerdo,perfecto,por supuesto,confirmo,'
            || 'confirmado,confirma,esta bien,muy bien,genial,dale,adelante,me parece bien,me va bien,excelente,'
            || 'exacto,con gusto,hazlo,hagalo,👍,👌,✅,✔,☑,💯,🆗',
        ','
    );
end
$$;

comment on function private.yes_words() is 'Phrases that agree.';

create function private.book_it_words()
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
    return string_to_array(
        'book it,lets book,lets book it,please book,please book it,ill take it,i take it,take it,buch es,'
            || 'buche es,bitte buchen,bitte buche,buchen sie,buchen sie es,ich nehme es,nehme ich,nehmen wir,'
            || 'reservez,je prends,je le prends,je la prends,prenota,prenota pure,prenoti,la prendo,lo prendo,'
            || 'reservalo,reservala,reservelo,lo tomo,me lo quedo',
        ','
    );
end
$$;

comment on function private.book_it_words() is
    'Phrases that agree to a booking, and would be heard wrongly when a cancellation is asked about.';

create function private.yes_fillers()
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
    return string_to_array(
        'please,pls,plz,thanks,thank you,thx,ty,cheers,very much,so much,a lot,many thanks,indeed,then,that,'
            || 'thats,that is,this,this is,it,its,it is,for me,for us,with me,with us,by me,really,super,cool,nice,'
            || 'good,hi,hello,hey,dear,sir,madam,team,oh,ah,now,this one,that one,bitte,danke,dankeschon,dankeschoen,'
            || 'vielen dank,danke sehr,danke schon,besten dank,merci,das,das ist,ist,so,sehr,gut,mir,uns,fur mich,'
            || 'fur uns,fuer mich,fuer uns,toll,dann,doch,hallo,gruezi,guten tag,merci beaucoup,sil vous plait,'
            || 'sil te plait,s il vous plait,svp,stp,bonjour,bonsoir,salut,bien,pour moi,pour nous,alors,cest,top,'
            || 'madame,monsieur,grazie,grazie mille,mille grazie,tante grazie,per favore,per piacere,prego,ciao,'
            || 'buongiorno,buonasera,salve,per me,per noi,bene,molto,allora,gracias,muchas gracias,mil gracias,'
            || 'por favor,porfa,hola,buenas,buenos dias,para mi,para nosotros,entonces,pues,🙏,😊,🙂,😀,😃,😄,😁,😉,'
            || '😎,🤗,🤩,🥳,🎉,❤,♥,😍,🥰,☺,😇,🤝,👏,🙌,💪,✨,⭐,⛷,🏂,🎿,❄,☀,🏔',
        ','
    );
end
$$;

comment on function private.yes_fillers() is 'Phrases that say nothing beside a yes.';

create function private.echo_words(p_kind text)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
    return string_to_array(
        'booking,lesson,lessons,appointment,reservation,course,class,session,the booking,the lesson,'
            || 'my booking,my lesson,the class,my class,the appointment,my appointment,the course,buchung,stunde,'
            || 'termin,kurs,die buchung,die stunde,den termin,den kurs,meine buchung,meine stunde,meinen termin,'
            || 'le cours,la lecon,la reservation,mon cours,ma lecon,ma reservation,lezione,prenotazione,la lezione,'
            || 'la prenotazione,la mia lezione,la mia prenotazione,clase,reserva,la clase,la reserva,mi clase,'
            || 'mi reserva,'
            || case p_kind
                when 'book' then
                    'book,booked,reserve,buchen,buche,reserver,prenotare,prenotala,reservar'
                when 'reschedule' then
                    'move,change,reschedule,verschieben,verschiebe,verschieben sie,deplacer,deplacez,deplace,changer,'
                    || 'changez,sposta,spostare,spostala,spostalo,mover,mueve,muevela,cambiar,cambia,cambiala'
                when 'cancel' then
                    'cancel,delete,stornieren,storniere,stornieren sie,absagen,annuler,annulez,annule,annulla,annullare,'
                    || 'annullala,disdire,disdici,cancellare,cancella,cancellala,cancelar,cancela,cancelala,anular,anula,'
                    || 'anulala'
            end,
        ','
    );
end
$$;

comment on function private.echo_words(text) is
    'Repeats what a proposal of a kind asks ("yes, cancel it"): counts only beside a yes.';

create function private.fold_consent(p_text text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
    v_text text := normalize(p_text, NFD);
begin
    -- Accents, invisible marks and skin tones; then apostrophes.
    v_text := regexp_replace(
        v_text,
        E'[\u0300-\u036f\ufe0f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U0001f3fb-\U0001f3ff]',
        '',
        'g'
    );
    v_text := lower(regexp_replace(v_text, E'[''\u2018\u2019\u02bc`\u00b4]', '', 'g'));
    -- Letters that are held down: "yesss".
    v_text := regexp_replace(v_text, '([a-z])\1{2,}', '\1', 'g');
    v_text := regexp_replace(
        v_text,
        '([👍👌✅✔☑💯🆗🙏😊🙂😀😃😄😁😉😎🤗🤩🥳🎉❤♥😍🥰☺😇🤝👏🙌💪✨⭐⛷🏂🎿❄☀🏔👎❌🚫])',
        ' \1 ',
        'g'
    );
    v_text := trim(regexp_replace(
        v_text,
        E'[ \t\n\r\u00a0\u2000-\u200a\u202f\u3000.,;:!¡()*_~^\u2026\u2010-\u2015-]+',
        ' ',
        'g'
    ));
    return case when v_text = '' then '' else ' ' || v_text end;
end
$$;

comment on function private.fold_consent(text) is
    'A text as the lists have it: without accents, case, apostrophes, skin tones and punctuation.';

create function private.says_yes(p_text text, p_kind text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
    v_folded text;
    v_yes text[] := private.yes_words();
begin
    -- Nobody needs as many words for a plain answer.
    if p_text is null or length(p_text) > 200 then
        return false;
    end if;
    v_folded := private.fold_consent(p_text);
    if p_kind = 'book' then
        v_yes := v_yes || private.book_it_words();
    end if;
    return v_folded ~ (
            '^( ('
            || array_to_string(v_yes || private.yes_fillers() || private.echo_words(p_kind), '|')
            || '))*$'
        )
        and v_folded ~ ('( (' || array_to_string(v_yes, '|') || '))( |$)');
end
$$;

comment on function private.says_yes(text, text) is
    'True when a text is a plain YES to a proposal of a kind (book, reschedule, cancel), and nothing else.';

create function private.agrees(p_content jsonb, p_proposal public.proposals)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
    return coalesce(
        case p_content ->> 'type'
            when 'choice' then p_content ->> 'id' = 'yes:' || p_proposal.id
            when 'text' then private.says_yes(p_content ->> 'text', p_proposal.kind)
        end,
        false
    );
end
$$;

comment on function private.agrees(jsonb, public.proposals) is
    'True when a message agrees to this very proposal: by its own button, or in plain words.';
