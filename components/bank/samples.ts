/** What the import’s page shows and hands out; the readers’ tests read it. */

export const GIFT_SAMPLE = `// [tag:rivers]
::Capital:: Which river runs through Cairo? {
  =Nile # Yes, from south to north.
  ~Congo
  ~Niger
}

Which of these are primes? {
  ~%50%2
  ~%50%3
  ~%-50%4
}

Water boils at 100 °C at sea level. {T}

The opposite of "hot" is {=cold} .

What is pi to two places? {#3.14:0.005}

Match the animal and its young. {
  =cow -> calf
  =horse -> foal
  =sheep -> lamb
}

Why does ice float? {}
`

export const CSV_SAMPLE = `type,prompt,options,correct,tolerance,unit,text,words,points,explanation,tags
single,Which river runs through Cairo?,Nile|Congo|Niger,Nile,,,,,1,,"rivers, Africa"
multiple,Which of these are primes?,2|3|4,2|3,,,,,2,4 is 2 times 2.,numbers
true-false,Water boils at 100 °C at sea level.,,true,,,,,1,,
short-text,Who wrote Hamlet?,,Shakespeare|William Shakespeare,,,,,1,,
numeric,How fast does a stone fall after a second?,,9.8,2%,m/s,,,1,,
matching,Match the animal and its sound.,cat -> meow|cow -> moo|-> neigh,,,,,,2,,
ordering,From the smallest to the largest,hare|horse|whale,,,,,,1,,
blanks,Fill in the capitals.,,,,,France has {{Paris|Lutetia}} and Italy has {{Rome}}.,,2,,
essay,Why does ice float?,,,,,,100-300,10,,
file-upload,Hand in your drawing.,,pdf png,,,,,5,,
`
